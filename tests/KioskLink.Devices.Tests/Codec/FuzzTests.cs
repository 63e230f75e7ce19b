using KioskLink.Devices.Osdp;
using KioskLink.Devices.Osdp.Replies;
using KioskLink.Devices.Readers;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>No bytes from the line crash the panel. The seed is printed by the failing case.</summary>
public sealed class FuzzTests
{
    // A session with its keys, queues and events, and twenty steps of it.
    private const int BytesPerSession = 64 * 1024;

    private static readonly int Rounds = LongRun.IsAsked ? 10_000_000 : 200_000;

    [Fact]
    public void Random_bytes_never_crash_the_assembler_and_never_make_it_lose_a_good_frame()
    {
        var good = Convert.FromHexString("5381080004400806");
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var assembler = new FrameAssembler();
            Feed(assembler, Noise(random, 64));
            assembler.Clear();
            Assert.True(Feed(assembler, [0x00, 0xFF, .. good]) == 1, $"seed {seed}");
        }
    }

    [Fact]
    public void Changed_captured_frames_never_crash_a_parser()
    {
        var frames = Capture.Load("scbk.log").Concat(Capture.Load("clear.log")).Select(frame => frame.Bytes).ToArray();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var bytes = frames[random.Next(frames.Length)].ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(1, bytes.Length + 1)];
            Repair(bytes);
            if (Frame.TryParse(bytes, out var frame))
                ReadAll(frame.Body);
        }
    }

    [Fact]
    public void Random_data_never_crash_a_reply()
    {
        const int bytesPerCase = 8 * 1024;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            ReadAll(Noise(random, random.Next(40)));
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)Rounds * bytesPerCase);
    }

    [Fact]
    public void Random_replies_never_crash_a_session()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var seed = 0; seed < Rounds / 20; seed++)
        {
            var random = new Random(seed);
            using var session = SessionOf(random);
            session.TrySend(new FileTransfer(1, new byte[100], mayLeaveSecureChannel: random.Next(2) == 0, new OsdpLimits(), progress: null));
            for (var step = 0; step < 20; step++)
                Step(session, random, TimeSpan.FromSeconds(step));
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)Rounds / 20 * BytesPerSession);
    }

    [Fact]
    public void Random_parts_never_make_a_whole_longer_than_its_limit()
    {
        var random = new Random(1);
        var parts = new MultiPart();
        for (var round = 0; round < Rounds; round++)
        {
            var data = Noise(random, random.Next(30));
            // Small totals and offsets come more often, so that parts sometimes fit.
            for (var high = 1; high < Math.Min(data.Length, 6); high += 2)
                data[high] = 0;
            Assert.InRange(parts.Take(data) == MultiPartState.Whole ? parts.Bytes.Length : 0, 0, MultiPart.Limit);
        }
    }

    private static DeviceSession SessionOf(Random random) => new(
        new OsdpDeviceOptions { Id = "reader", Address = 1, Secure = random.Next(2) == 0 ? SecureMode.Clear : SecureMode.Scbk, Keys = [new byte[16]], Locks = [new(0)] },
        new OsdpLimits(), _ => { }, TimeProvider.System, random.NextBytes);

    private static void Step(DeviceSession session, Random random, TimeSpan now)
    {
        session.NextFrame(now);
        byte[] replies = [0x40, 0x41, 0x45, 0x46, 0x48, 0x49, 0x4A, 0x50, 0x51, 0x53, 0x54, 0x4B, 0x57, 0x58, 0x59, 0x76, 0x78, 0x79, 0x7A, 0x80, 0x81, 0x82, 0x83, 0x84, 0x90, 0xB1, 0xEE];
        var bytes = new byte[8 + random.Next(40)];
        random.NextBytes(bytes);
        (bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]) = (0x53, 0x81, (byte)bytes.Length, 0, (byte)(4 + random.Next(4)), replies[random.Next(replies.Length)]);
        Repair(bytes);
        if (random.Next(5) == 0 || !Frame.TryParse(bytes, out var frame) || !session.Take(frame, now))
            session.Fail(ExchangeFailure.Silent, now);
    }

    private static void ReadAll(ReadOnlySpan<byte> data)
    {
        PdIdReply.TryRead(data, out _);
        PdCapReply.TryRead(data, out _);
        LocalStatusReply.TryRead(data, out _);
        ComReply.TryRead(data, out _);
        NakReply.Read(data);
        ClientCryptogramReply.TryRead(data, out _);
        KeypadReply.TryRead(data, out _);
        FormattedCardReply.TryRead(data, out _);
        BiometricReadReply.TryRead(data, out _);
        BiometricMatchReply.TryRead(data, out _);
        FileStatusReply.TryRead(data, out _);
        ManufacturerReply.TryRead(data, out _);
        TransparentReply.TryRead(data, out _);
        ExtendedIdReply.TryRead(data, out _);
        if (RawCardReply.TryRead(data, out var card))
            foreach (var encoding in Enum.GetValues<CardEncoding>())
                foreach (var order in Enum.GetValues<UidOrder>())
                    new CardMapping(encoding, MinBits: 1, Parity: (int)order == card.BitCount % 2, ByteOrder: order).Read(card.Bits, card.BitCount);
    }

    private static void Repair(byte[] bytes)
    {
        if (bytes.Length < 8)
            return;
        var crc = Crc16.Compute(bytes.AsSpan(0, bytes.Length - 2));
        (bytes[^2], bytes[^1]) = ((byte)crc, (byte)(crc >> 8));
    }

    private static int Feed(FrameAssembler assembler, byte[] bytes)
    {
        bytes.CopyTo(assembler.Room());
        assembler.Filled(bytes.Length);
        var frames = 0;
        while (assembler.Take(out _) == Assembled.Frame)
            frames++;
        return frames;
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
