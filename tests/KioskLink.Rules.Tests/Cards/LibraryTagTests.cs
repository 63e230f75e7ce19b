using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KioskLink.Rules.Cards;

namespace KioskLink.Rules.Tests.Cards;

public class LibraryTagTests
{
    private const string Item = "11010131313232333334340000000000000000513e4445373035000000000000";
    private const string Patron = "18010132343430303030303030303031390000131846494c6168000000000000";

    [Theory]
    [InlineData(Item, 0x3E51, 1, "11223344", "DE-705")]
    [InlineData(Patron, 0x1813, 8, "24400000000019", "FI-Lah")]
    public void Every_published_block_is_read_with_its_CRC(string hex, int crc, int usage, string id, string owner)
    {
        var block = Convert.FromHexString(hex);

        Assert.Equal(crc, LibraryTag.CrcOf(block));
        Assert.True(LibraryTag.TryRead(block, out var tag));
        Assert.Equal(new LibraryTag(usage, id, owner), tag);
        Assert.Equal(usage == 8, tag.IsPatronCard);
    }

    [Fact]
    public void Memory_blocks_that_were_written_the_other_way_round_are_turned()
    {
        var turned = Convert.FromHexString(Patron).Chunk(4).SelectMany(block => block.Reverse()).ToArray();

        Assert.True(LibraryTag.TryRead(turned, out var tag));
        Assert.Equal("24400000000019", tag.PrimaryId);
    }

    [Fact]
    public void A_block_with_one_changed_bit_is_no_tag()
    {
        var block = Convert.FromHexString(Patron);
        for (var bit = 0; bit < block.Length * 8; bit++)
        {
            block[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(LibraryTag.TryRead(block, out _));
            block[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("18")]
    [InlineData(Patron + "00")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_block_of_another_length_or_version_is_no_tag(string hex) =>
        Assert.False(LibraryTag.TryRead(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_tag_is_read_as_it_was_written_and_any_other_bytes_are_none() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Arb.From(
            from usage in Gen.Choose(0, 15)
            from id in Gen.Choose(1, 16).SelectMany(length => Printable.ArrayOf(length))
            from owner in Gen.Choose(0, 9).SelectMany(length => Printable.ArrayOf(length))
            from noise in Gen.Choose(0, 255).ArrayOf(LibraryTag.BlockLength)
            select (Tag: new LibraryTag(usage, new string(id), $"FI-{new string(owner)}"), Noise: noise.Select(octet => (byte)octet).ToArray())),
        any => LibraryTag.TryRead(Written(any.Tag), out var read) && read == any.Tag && !LibraryTag.TryRead(any.Noise, out _)));

    private static Gen<char> Printable { get; } = Gen.Choose('!', '~').Select(code => (char)code);

    private static byte[] Written(LibraryTag tag)
    {
        var block = new byte[LibraryTag.BlockLength];
        block[0] = (byte)(0x10 | tag.Usage);
        (block[1], block[2]) = (1, 1);
        Encoding.ASCII.GetBytes(tag.PrimaryId, block.AsSpan(3));
        Encoding.ASCII.GetBytes(tag.Owner.Remove(2, 1), block.AsSpan(21));
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(19), LibraryTag.CrcOf(block));
        return block;
    }
}
