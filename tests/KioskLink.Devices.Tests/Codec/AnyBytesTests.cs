using FsCheck;
using FsCheck.Fluent;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Osdp.Replies;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>Any bytes from a line, in any lumps: nothing throws, no good frame or line is lost, and nothing that was not sent is found.</summary>
public sealed class AnyBytesTests
{
    private const byte Start = 0x53;
    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(value => (byte)value);

    // Bytes that often matter come more often: starts, addresses, small lengths, ids.
    private static readonly Gen<byte> Likely = Gen.OneOf(AnyByte, Gen.Elements<byte>(Start, 0x81, 0x01, 0x00, 0x08, 0x0E, 0x0C, 0x02, 0x03, 0x15, 0x16, 0x18, 0x40, 0x50, 0xFF));
    private static readonly Arbitrary<byte[]> Bytes = Likely.ArrayOf().ToArbitrary();
    private static readonly Arbitrary<byte[]> Noise = AnyByte.Where(value => value != Start).ArrayOf().ToArbitrary();
    private static readonly Arbitrary<int[]> Lumps = Gen.Choose(1, 40).ArrayOf().ToArbitrary();
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Frames_are_found_in_noise_whatever_the_lumps() => Prop.ForAll(Noise, Bytes, Lumps, (noise, data, lumps) =>
    {
        var body = data.Take(64).ToArray();
        byte[][] sent = [.. Enumerable.Range(1, 3).Select(sequence => VirtualFrame.Reply(5, sequence, [], 0x50, body))];
        var found = Assemble([.. noise, .. sent.SelectMany(frame => frame.Concat(noise))], lumps);
        return found.Count == 3 && found.Zip(sent, (one, other) => one.SequenceEqual(other)).All(equal => equal);
    }).Check(Thorough);

    [Fact]
    public void Any_bytes_give_frames_that_check_out_or_nothing() => Prop.ForAll(Bytes, Lumps, (bytes, lumps) =>
        Assemble(bytes, lumps).TrueForAll(frame => Crc16.Compute(frame.AsSpan(0, frame.Length - 2)) == frame[^2] + 256 * frame[^1] || Crc16.Checksum(frame.AsSpan(0, frame.Length - 1)) == frame[^1])).Check(Thorough);

    [Fact]
    public void Any_frame_whose_check_is_right_is_read_or_refused() => Prop.ForAll(Bytes, bytes =>
    {
        using var channel = new SecureChannel();
        var frame = Checked(bytes);
        if (Frame.TryParse(frame, out var parsed))
        {
            new ReplyReader(channel).Read(parsed, Request.Poll, out _);
            TraceMask.Show((_, _, _) => { }, FrameDirection.Received, frame, new CardMapping(CardEncoding.Ascii), readable: true);
        }
        return true;
    }).Check(Thorough);

    [Fact]
    public void Any_data_of_any_reply_is_read_or_refused() => Prop.ForAll(Bytes, data =>
    {
        PdIdReply.TryRead(data, out _);
        PdCapReply.TryRead(data, out _);
        LocalStatusReply.TryRead(data, out _);
        ComReply.TryRead(data, out _);
        NakReply.Read(data);
        ClientCryptogramReply.TryRead(data, out _);
        var reports = new DeviceReports(new OsdpDeviceOptions { Id = "any", Address = 1 }, new OsdpLimits(), _ => { }, TimeProvider.System);
        for (var id = 0; id < 256; id++)
            reports.Take((ReplyId)id, data);
        return true;
    }).Check(Thorough);

    [Fact]
    public void Any_bits_are_a_number_of_printable_characters_or_unreadable() => Prop.ForAll(Bytes, Gen.Choose(0, 7).ToArbitrary(), (bits, missing) =>
    {
        var count = bits.Length * 8 - missing;
        return count < 1 || Enum.GetValues<CardEncoding>().All(encoding => Enum.GetValues<UidOrder>().All(order =>
            new CardMapping(encoding, MinBits: 1, Parity: missing % 2 == 1, ByteOrder: order).Read(bits, count).Number is not { } number
            || (number.Length is > 0 and <= CardScan.MostCharacters && number.All(character => character is >= ' ' and <= '~'))));
    }).Check(Thorough);

    [Fact]
    public void Any_answers_leave_a_session_alive() => Prop.ForAll(Gen.Elements(SecureMode.Clear, SecureMode.Scbk, SecureMode.Install).ToArbitrary(), Bytes.Generator.ArrayOf().ToArbitrary(), (mode, answers) =>
    {
        var device = new OsdpDeviceOptions { Id = "any", Address = 1, Secure = mode, Keys = [new byte[16]], Locks = [new(0)] };
        using var session = new DeviceSession(device, new OsdpLimits(), _ => { }, TimeProvider.System, bytes => bytes.Clear());
        var now = TimeSpan.Zero;
        foreach (var answer in answers)
        {
            now = session.DueAt > now ? session.DueAt : now + TimeSpan.FromMilliseconds(10);
            if (session.NextFrame(now).IsEmpty)
                continue;
            if (!Frame.TryParse(Checked([Start, 0x81, 0, 0, 0x04, .. answer]), out var frame) || !session.Take(frame, now))
                session.Fail(ExchangeFailure.Silent, now);
        }
        return session.DueAt < now + TimeSpan.FromSeconds(6);
    }).Check(Thorough);

    [Fact]
    public void Any_bytes_leave_a_virtual_device_alive() => Prop.ForAll(Bytes, bytes =>
    {
        var reader = new VirtualReader(1, key: null);
        reader.Hear(bytes, TimeSpan.Zero);
        reader.Hear(Checked([Start, 1, 0, 0, 0x0C, .. bytes]), TimeSpan.Zero);
        return reader.Powered;
    }).Check(Thorough);

    [Fact]
    public void Lines_of_a_scanner_are_the_same_whatever_the_lumps() => Prop.ForAll(Gen.OneOf(AnyByte, Gen.Elements<byte>(0x0D, 0x0A)).ArrayOf().ToArbitrary(), Lumps, (bytes, lumps) =>
    {
        var whole = Lines(bytes, []);
        return whole.SequenceEqual(Lines(bytes, lumps))
            && whole.SequenceEqual(System.Text.Encoding.Latin1.GetString(bytes).Split('\r', '\n').SkipLast(1).Where(line => line.Length > 0));
    }).Check(Thorough);

    // Length, control and CRC are made right, so that what lies behind them is reached.
    private static byte[] Checked(byte[] bytes)
    {
        byte[] frame = bytes.Length < 8 ? [.. bytes, .. new byte[8 - bytes.Length]] : [.. bytes];
        (frame[0], frame[2], frame[3]) = (Start, (byte)(frame.Length % 256), (byte)(frame.Length / 256));
        frame[4] |= 0x04;
        var crc = Crc16.Compute(frame.AsSpan(0, frame.Length - 2));
        (frame[^2], frame[^1]) = ((byte)crc, (byte)(crc >> 8));
        return frame;
    }

    private static List<byte[]> Assemble(byte[] bytes, int[] lumps)
    {
        var assembler = new FrameAssembler();
        var found = new List<byte[]>();
        foreach (var lump in Cut(bytes, lumps))
        {
            for (var at = 0; at < lump.Length;)
            {
                var room = assembler.Room();
                var count = Math.Min(room.Length, lump.Length - at);
                lump.AsSpan(at, count).CopyTo(room);
                assembler.Filled(count);
                at += count;
                while (assembler.Take(out var frame) is not Assembled.Nothing and var taken)
                    if (taken == Assembled.Frame)
                        found.Add(frame.Bytes.ToArray());
            }
        }
        while (assembler.Take(out var last, nothingFollows: true) == Assembled.Frame)
            found.Add(last.Bytes.ToArray());
        return found;
    }

    private static List<string> Lines(byte[] bytes, int[] lumps)
    {
        var assembler = new LineAssembler();
        var lines = new List<string>();
        foreach (var lump in Cut(bytes, lumps))
            for (var at = 0; at < lump.Length;)
            {
                at += assembler.Take(lump.AsSpan(at), out var line);
                if (line.Length > 0)
                    lines.Add(System.Text.Encoding.Latin1.GetString(line));
            }
        return lines;
    }

    private static IEnumerable<byte[]> Cut(byte[] bytes, int[] lumps)
    {
        var at = 0;
        foreach (var lump in lumps.TakeWhile(_ => at < bytes.Length))
        {
            yield return bytes[at..Math.Min(at + lump, bytes.Length)];
            at += lump;
        }
        if (at < bytes.Length)
            yield return bytes[at..];
    }
}
