using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using KioskLink.Devices.Osdp.Replies;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>Whatever a device says, its reply reads as what was said: for each reply, decode(encode(x)) = x, the encoding written here after the standard.</summary>
public sealed class ReplyPropertyTests
{
    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(value => (byte)value);

    [Fact]
    public void Who_made_it() => Prop.ForAll(AnyByte.ArrayOf(12).ToArbitrary(), said =>
        PdIdReply.TryRead(said, out var read)
        && read.Vendor == said[0] * 65536 + said[1] * 256 + said[2] && (read.Model, read.Version) == (said[3], said[4])
        && read.Serial == said[5] + 256u * said[6] + 65536u * said[7] + 16777216u * said[8]
        && read.Firmware == new Version(said[9], said[10], said[11])).QuickCheckThrowOnFailure();

    [Fact]
    public void What_it_can_do() => Prop.ForAll(AnyByte.ArrayOf(8).ToArbitrary(), said =>
    {
        byte[] data =
        [
            1, 2, said[0], 2, said[1], said[2], 3, said[3], 0, 4, said[4], said[5], 5, said[6], 1, 10, said[7], 1, 0xEE, 7, 7, 13, 0, 2, 16, 2, 0,
        ];
        return PdCapReply.TryRead(data, out var read)
            && (read.Inputs, read.Outputs, read.OutputsTimed, read.Cards) == (said[0], said[2], said[1] >= 3, said[3] > 0)
            && (read.LedColours, read.Leds, read.Buzzer, read.ReceiveSize, read.Readers, read.OsdpVersion) == (said[4], said[5], said[6] > 0, said[7] + 256, 2, 2);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_card_in_bits() => Prop.ForAll(AnyByte.NonEmptyListOf().Select(bytes => bytes.Take(32).ToArray()).ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (bits, missing) =>
    {
        var count = bits.Length * 8 - missing;
        byte[] data = [3, 1, (byte)(count % 256), (byte)(count / 256), .. bits];
        return RawCardReply.TryRead(data, out var read) && read.Reader == 3 && read.BitCount == count && read.Bits.SequenceEqual(bits)
            && !RawCardReply.TryRead(data.AsSpan(0, data.Length - 1), out _);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_card_in_characters() => Prop.ForAll(AnyByte.NonEmptyListOf().Select(bytes => bytes.Take(255).ToArray()).ToArbitrary(), characters =>
    {
        byte[] data = [1, 1, (byte)characters.Length, .. characters];
        return FormattedCardReply.TryRead(data, out var read) && read.Reader == 1 && read.Backwards && read.Characters.SequenceEqual(characters)
            && !FormattedCardReply.TryRead(data.AsSpan(0, data.Length - 1), out _);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys() => Prop.ForAll(Gen.Elements("0123456789*#".ToCharArray()).NonEmptyListOf().Select(keys => keys.Take(255).ToArray()).ToArbitrary(), keys =>
    {
        byte[] data = [0, (byte)keys.Length, .. keys.Select(key => key switch { '*' => (byte)0x7F, '#' => (byte)0x0D, _ => (byte)key })];
        if (!KeypadReply.TryRead(data, out var read))
            return false;
        var typed = new List<char>();
        foreach (var key in read.Keys)
            typed.Add(KeypadReply.CharacterOf(key));
        return typed.SequenceEqual(keys);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tamper_supply_address_and_speed() => Prop.ForAll(AnyByte.ToArbitrary(), AnyByte.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (one, two, baud) =>
    {
        var com = new byte[5];
        com[0] = one;
        BinaryPrimitives.WriteInt32LittleEndian(com.AsSpan(1), baud);
        return LocalStatusReply.TryRead([one, two], out var status) && status == new LocalStatusReply(one != 0, two != 0)
            && ComReply.TryRead(com, out var read) && read == new ComReply(one, baud)
            && NakReply.Read([one, two]) == (NakReason)one;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_proof_of_a_key() => Prop.ForAll(AnyByte.ArrayOf(32).ToArbitrary(), said =>
        ClientCryptogramReply.TryRead(said, out var read)
        && read.UniqueId.SequenceEqual(said.AsSpan(0, 8)) && read.Nonce.SequenceEqual(said.AsSpan(8, 8)) && read.Cryptogram.SequenceEqual(said.AsSpan(16))
        && !ClientCryptogramReply.TryRead(said.AsSpan(1), out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void Digits_of_four_bits() => Prop.ForAll(Gen.Choose(0, 9).ArrayOf().Where(digits => digits.Length is >= 4 and <= CardScan.MostCharacters).ToArbitrary(), digits =>
    {
        var bits = new byte[(digits.Length + 1) / 2];
        for (var at = 0; at < digits.Length; at++)
            bits[at / 2] |= (byte)(digits[at] << (at % 2 == 0 ? 4 : 0));
        return new CardMapping(CardEncoding.Bcd).Read(bits, digits.Length * 4).Number == string.Concat(digits);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_stands_between_parity_bits() => Prop.ForAll(AnyByte.NonEmptyListOf().Select(bytes => bytes.Take(16).ToArray()).ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (bytes, missing) =>
    {
        var count = bytes.Length * 8 - missing;
        bytes[^1] &= (byte)(0xFF << missing);
        var framed = new byte[(count + 2 + 7) / 8];
        WiegandFormat.Surround(bytes, count, framed);
        return WiegandFormat.ParityIsRight(framed, count + 2) && WiegandFormat.Between(framed, count + 2).AsSpan().SequenceEqual(bytes);
    }).QuickCheckThrowOnFailure();
}
