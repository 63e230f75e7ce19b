using KioskLink.Register.Console.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.Tests.Console;

/// <summary>An address of a patron's page tells nobody but the register whose it is.</summary>
public sealed class PatronReferenceTests
{
    private static readonly PatronReferences Addresses = new(new Vault(new MasterKey(new byte[MasterKey.Length]), "lastu"));

    [Theory]
    [InlineData("c1")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("å/ä?ö")]
    public void A_reference_is_alike_within_a_session_another_in_the_next_and_opens_in_both(string customer)
    {
        var (first, next) = (Addresses.ReferenceOf(customer, "a"), Addresses.ReferenceOf(customer, "b"));

        Assert.Equal(first, Addresses.ReferenceOf(customer, "a"));
        Assert.NotEqual(first, next);
        Assert.All([first, next], reference => Assert.Equal(customer, Addresses.CustomerOf(reference)));
        Assert.All(first, letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
    }

    [Fact]
    public void No_length_tells_of_a_number() =>
        Assert.Equal(Addresses.ReferenceOf("c1", "a").Length, Addresses.ReferenceOf("1234567890123456789", "a").Length);

    [Fact]
    public void What_another_register_sealed_or_nobody_means_nobody()
    {
        var other = new PatronReferences(new Vault(new MasterKey([.. Enumerable.Repeat((byte)7, MasterKey.Length)]), "lastu"));
        var reference = Addresses.ReferenceOf("c1", "a");

        foreach (var foreign in new[] { other.ReferenceOf("c1", "a"), "", "none", "c1", reference[..^4], reference[..^1] + "?", new string('A', 10_000) })
            Assert.Null(Addresses.CustomerOf(foreign));
    }
}
