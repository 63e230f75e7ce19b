using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Patron cards of ISO 28560-3: the check field, both orders of blocks, and what is no patron card.</summary>
public sealed class Iso28560Tests
{
    private const string Card = "18010132343430303030303030303031390000131846494C6168000000000000";
    private const string Item = "11010131313232333334340000000000000000513E4445373035000000000000";

    [Theory]
    [InlineData(Item, 0x3E51)]
    [InlineData(Card, 0x1813)]
    public void The_check_field_is_that_of_known_tags(string block, int check) => Assert.Equal(check, Iso28560Card.CheckOf(Convert.FromHexString(block)));

    [Fact]
    public void A_patron_card_gives_its_number_in_either_order_of_blocks()
    {
        Assert.Equal("24400000000019", NumberOf(Convert.FromHexString(Card)));
        Assert.Equal("24400000000019", NumberOf(Turned(Convert.FromHexString(Card))));
    }

    [Fact]
    public void A_book_is_no_card() => Assert.Null(NumberOf(Convert.FromHexString(Item)));

    [Fact]
    public void Any_changed_bit_makes_it_unreadable()
    {
        for (var bit = 0; bit < Iso28560Card.Length * 8; bit++)
        {
            var changed = Convert.FromHexString(Card);
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.True(NumberOf(changed) is null, $"bit {bit}");
        }
    }

    [Fact]
    public void Part_of_a_card_is_none() => Assert.Null(NumberOf(Convert.FromHexString(Card)[..^4]));

    [Fact]
    public void Nobodys_card_in_a_trace_reads_as_a_card()
    {
        var bits = new byte[Iso28560Card.Length];
        var mapping = new CardMapping(CardEncoding.Iso28560);

        mapping.WriteNobodys(bits, bits.Length * 8);

        Assert.Equal("20000000000006", mapping.Read(bits, bits.Length * 8).Number);
    }

    private static string? NumberOf(byte[] block) => new CardMapping(CardEncoding.Iso28560).Read(block, block.Length * 8).Number;

    private static byte[] Turned(byte[] block) => [.. block.Chunk(4).SelectMany(part => part.Reverse())];
}
