using System.Text.RegularExpressions;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Contacts;

/// <summary>Reads contact data: INVALID_ARGUMENT names the field and never repeats its value. Pure.</summary>
internal static partial class ContactRules
{
    /// <summary>Telephone numbers of one person.</summary>
    public const int PhonesMax = 5;

    /// <summary>Longest e-mail address.</summary>
    public const int EmailMax = 254;

    private const string Home = "FI";

    /// <summary>Checks and tidies contact data; null stays null.</summary>
    /// <param name="contact">As it was given.</param>
    /// <param name="field">The field's name.</param>
    public static Contact? Read(Contact? contact, string field)
    {
        if (contact is null)
        {
            return null;
        }

        if (contact.Phones.Count > PhonesMax)
        {
            throw Field.Wrong($"{field}.phones", $"are more than {PhonesMax}: leave some out");
        }

        var read = new Contact
        {
            Address = Address(contact.Address, $"{field}.address"),
            Address2 = Address(contact.Address2, $"{field}.address2"),
            Email = Email(contact.Email, $"{field}.email"),
        };
        read.Phones.AddRange(contact.Phones.Select(phone => Phone(phone, $"{field}.phones")).Distinct());
        return read;
    }

    private static PostalAddress? Address(PostalAddress? address, string field)
    {
        if (address is null || address.CalculateSize() == 0)
        {
            return null;
        }

        var country = Field.Optional(address.Country.Trim(), $"{field}.country", max: 2).ToUpperInvariant();
        if (country.Length > 0 && !CountryCode().IsMatch(country))
        {
            throw Field.Wrong($"{field}.country", "is no country: give two letters, such as FI");
        }

        var read = new PostalAddress
        {
            Street = Field.Optional(address.Street.Trim(), $"{field}.street"),
            PostalCode = Field.Optional(address.PostalCode.Trim(), $"{field}.postal_code", max: 16),
            City = Field.Optional(address.City.Trim(), $"{field}.city"),
            Country = country == Home ? "" : country,
        };
        if (read.Country.Length == 0 && read.PostalCode.Length > 0 && !FinnishPostalCode().IsMatch(read.PostalCode))
        {
            throw Field.Wrong($"{field}.postal_code", "is no Finnish postal code: give five digits, or the country");
        }

        return read;
    }

    private static string Phone(string phone, string field)
    {
        var number = new string([.. phone.Where(letter => letter is not (' ' or '-' or '(' or ')'))]);
        return PhoneNumber().IsMatch(number) ? number : throw Field.Wrong(field, "holds what is no telephone number: give digits with an optional leading plus");
    }

    private static string Email(string email, string field)
    {
        var address = Field.Optional(email.Trim(), field, EmailMax);
        return address.Length == 0 || EmailAddress().IsMatch(address) ? address : throw Field.Wrong(field, "is no e-mail address: correct it or leave it out");
    }

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex CountryCode();

    [GeneratedRegex(@"^[0-9]{5}\z")]
    private static partial Regex FinnishPostalCode();

    [GeneratedRegex(@"^\+?[0-9]{5,15}\z")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"^[^\s@<>,;""]{1,64}@[^\s@<>,;""]+\.[^\s@<>,;."".]{2,}\z")]
    private static partial Regex EmailAddress();
}
