using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Contacts;

/// <summary>The columns in which contact data is kept, the same for patrons and for those who answer for them.</summary>
internal abstract record ContactColumns
{
    public string Street { get; set; } = "";

    public string PostalCode { get; set; } = "";

    public string City { get; set; } = "";

    /// <summary>ISO 3166-1 alpha-2; empty means Finland.</summary>
    public string Country { get; set; } = "";

    public string Street2 { get; set; } = "";

    public string PostalCode2 { get; set; } = "";

    public string City2 { get; set; } = "";

    public string Country2 { get; set; } = "";

    /// <summary>One a line, the preferred one first.</summary>
    public string Phones { get; set; } = "";

    public string Email { get; set; } = "";

    /// <summary>Takes what was read and checked by <see cref="ContactRules"/>.</summary>
    public void Take(Contact contact)
    {
        (Street, PostalCode, City, Country) = Parts(contact.Address);
        (Street2, PostalCode2, City2, Country2) = Parts(contact.Address2);
        (Phones, Email) = (string.Join('\n', contact.Phones), contact.Email);
    }

    /// <summary>The same on the wire; null where nothing is known.</summary>
    public Contact? Show()
    {
        var contact = new Contact
        {
            Address = Address(Street, PostalCode, City, Country),
            Address2 = Address(Street2, PostalCode2, City2, Country2),
            Email = Email,
        };
        contact.Phones.AddRange(Phones.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return contact.CalculateSize() == 0 ? null : contact;
    }

    private static (string, string, string, string) Parts(PostalAddress? address) =>
        address is null ? ("", "", "", "") : (address.Street, address.PostalCode, address.City, address.Country);

    private static PostalAddress? Address(string street, string postalCode, string city, string country) =>
        street.Length + postalCode.Length + city.Length + country.Length == 0
            ? null
            : new PostalAddress { Street = street, PostalCode = postalCode, City = city, Country = country };
}
