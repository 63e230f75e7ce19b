using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>Bits as readers send them in OSDP's RAW reply, left-justified, and the number that each profile makes of them. Made by a script of their own.</summary>
public sealed class CardMappingTests
{
    [Theory]
    [InlineData(CardEncoding.Bcd, "24400000000012", 56, "24400000000012")]
    [InlineData(CardEncoding.Bcd, "123400", 20, "12340")]
    [InlineData(CardEncoding.Bcd, "1230", 12, null)]
    [InlineData(CardEncoding.Bcd, "A1B2C340", 26, null)]
    [InlineData(CardEncoding.Bcd, "12A4", 16, null)]
    [InlineData(CardEncoding.Ascii, "323434303030", 48, "244000")]
    [InlineData(CardEncoding.Ascii, "323434303030", 44, null)]
    [InlineData(CardEncoding.Ascii, "32343401", 32, null)]
    public void Digits_and_characters(CardEncoding encoding, string bits, int count, string? number) =>
        Assert.Equal(number, Read(new CardMapping(encoding), bits, count));

    [Theory]
    [InlineData(CardEncoding.Wiegand26, "092B3C40", 26, "01822136")]
    [InlineData(CardEncoding.Wiegand26, "7FFFFFC0", 26, "25565535")]
    [InlineData(CardEncoding.Wiegand26, "892B3C40", 26, null)]
    [InlineData(CardEncoding.Wiegand26, "092B3C00", 26, null)]
    [InlineData(CardEncoding.Wiegand26, "092B3C40", 27, null)]
    [InlineData(CardEncoding.Wiegand34, "82696EEA80", 34, "0123456789")]
    [InlineData(CardEncoding.Wiegand34, "82696EEAC0", 34, null)]
    [InlineData(CardEncoding.Wiegand37, "ADFDC1C350", 37, "12345678901")]
    [InlineData(CardEncoding.Wiegand37, "2DFDC1C350", 37, null)]
    [InlineData(CardEncoding.Wiegand37Facility, "88709E2408", 37, "04321123456")]
    [InlineData(CardEncoding.Wiegand37Facility, "88709E2400", 37, null)]
    public void Access_control_formats_with_their_parity(CardEncoding encoding, string bits, int count, string? number) =>
        Assert.Equal(number, Read(new CardMapping(encoding), bits, count));

    [Theory]
    [InlineData(CardEncoding.Hex, UidOrder.AsRead, "04A2B3C4", "04A2B3C4")]
    [InlineData(CardEncoding.Hex, UidOrder.Reversed, "04A2B3C4", "C4B3A204")]
    [InlineData(CardEncoding.Decimal, UidOrder.AsRead, "04A2B3C4", "0077771716")]
    [InlineData(CardEncoding.Decimal, UidOrder.Reversed, "04A2B3C4", "3300106756")]
    [InlineData(CardEncoding.Decimal, UidOrder.AsRead, "0458A2B26E4F80", "01223355708362624")]
    [InlineData(CardEncoding.Decimal, UidOrder.AsRead, "E004010012345678", "16142028064219747960")]
    [InlineData(CardEncoding.Hex, UidOrder.E0First, "E004010012345678", "E004010012345678")]
    [InlineData(CardEncoding.Hex, UidOrder.E0First, "78563412000104E0", "E004010012345678")]
    [InlineData(CardEncoding.Hex, UidOrder.E0First, "7856341200010400", null)]
    [InlineData(CardEncoding.Hex, UidOrder.E0First, "E0040100", null)]
    public void Ids_of_chips_in_either_order_of_bytes(CardEncoding encoding, UidOrder order, string bits, string? number) =>
        Assert.Equal(number, Read(new CardMapping(encoding, ByteOrder: order), bits, bits.Length * 4));

    [Theory]
    [InlineData(CardEncoding.Hex, "025159E240", 34, "04A2B3C4")]
    [InlineData(CardEncoding.Decimal, "025159E240", 34, "0077771716")]
    [InlineData(CardEncoding.Hex, "825159E240", 34, null)]
    [InlineData(CardEncoding.Bcd, "9220000000000940", 58, "24400000000012")]
    public void What_stands_between_two_parity_bits(CardEncoding encoding, string bits, int count, string? number) =>
        Assert.Equal(number, Read(new CardMapping(encoding, Parity: true), bits, count));

    [Theory]
    [InlineData(15)]
    [InlineData(57)]
    public void A_count_of_bits_outside_the_profile_is_no_card(int count) =>
        Assert.Null(Read(new CardMapping(CardEncoding.Bcd, MinBits: 16, MaxBits: 56), "2440000000001200", count));

    private static string? Read(CardMapping mapping, string bits, int count) => mapping.Read(Convert.FromHexString(bits), count).Number;
}
