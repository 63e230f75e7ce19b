using KioskLink.Devices.Relays;
using KioskLink.Devices.Tests.Codec;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>No bytes from a relay board, and none to a virtual one, crash anything or allocate. The seed is printed by the failing case.</summary>
public sealed class RelayFuzzTests
{
    private const int Rounds = 200_000, BytesPerRequest = 4096;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);
    private static readonly long Cases = LongRun.IsAsked ? 10_000_000 : Rounds;
    private static readonly RelayRequest[] Requests =
        [RelayRequest.Identify, RelayRequest.Read, RelayRequest.ReadInputs, RelayRequest.Set(0, true), RelayRequest.Pulse(1, 30), RelayRequest.SetAll(5)];

    [Theory]
    [InlineData("modbus-rtu", "010101050101018B01850 2C3510105000 0FF008C3A")]
    [InlineData("kmtronic", "FF0101FF02000100010000000001")]
    [InlineData("lctech", "A00101A2")]
    [InlineData("numato", "72656C6179206F6E20300A0D3E72656C61792072656164616C6C0A0D303030350A0D3E")]
    [InlineData("devantech", "08010F055B")]
    public void Hostile_answers_are_read_or_refused_without_a_byte_of_memory(string name, string likely)
    {
        var protocol = RelayVectorTests.ProtocolOf(name);
        var sample = Convert.FromHexString(likely.Replace(" ", "", StringComparison.Ordinal));
        var board = new RelayBoardOptions { Id = "board", Address = 1, Outputs = 2, Inputs = 2 };
        var bytes = new byte[IRelayProtocol.LongestFrame];
        var random = new Random(4711);
        Feed(protocol, board, random, sample, bytes, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Feed(protocol, board, random, sample, bytes, Cases);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [InlineData("modbus-rtu", "010500 00FF008C3A010100 0000083DCC010F0000000801FFBED5010502000014CC7D", "010100000008 3DCC")]
    [InlineData("kmtronic", "FF0101FF0900FF0103FF0100", "FF0900")]
    [InlineData("lctech", "A00101A2A00100A1A00201A3", "A00101A2")]
    [InlineData("numato", "72656C6179206F6E20300D72656C6179207772697465616C6C20303066660D", "72656C617920726561642030 0D")]
    [InlineData("devantech", "5A5B5CFF646F766E65", "5A")]
    public void Hostile_requests_leave_a_virtual_board_alive(string name, string likely, string whole)
    {
        VirtualRelayBoard board = name switch
        {
            "modbus-rtu" => new VirtualModbusBoard(1),
            "kmtronic" => new VirtualKmTronicBoard(),
            "lctech" => new VirtualLcTechBoard(2),
            "numato" => new VirtualNumatoBoard(),
            _ => new VirtualDevantechBoard(),
        };
        var (sample, right) = (BytesOf(likely), BytesOf(whole));
        var (random, line) = (new Random(4711), new BareLine(board));
        var (answered, changed) = (0L, 0L);
        board.Changed += () => changed++;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0L; round < Cases; round++)
        {
            var bytes = new byte[random.Next(1, 24)];
            for (var at = 0; at < bytes.Length; at++)
                bytes[at] = random.Next(6) == 0 ? (byte)random.Next(256) : sample[(at + (int)(round % sample.Length)) % sample.Length];
            if (random.Next(8) == 0)
                bytes = right;
            answered += line.Ask(bytes, Turn) is null ? 0 : 1;
            Assert.True(board.Powered, $"round {round}");
        }
        // LCTech's board says nothing to anything: that it hears shows in its relays.
        Assert.InRange(board is VirtualLcTechBoard ? changed : answered, Cases / 16, Cases);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * BytesPerRequest);
    }

    private static byte[] BytesOf(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static void Feed(IRelayProtocol protocol, RelayBoardOptions board, Random random, byte[] sample, byte[] bytes, long rounds)
    {
        for (var round = 0L; round < rounds; round++)
        {
            var length = random.Next(bytes.Length + 1);
            for (var at = 0; at < length; at++)
                bytes[at] = random.Next(4) == 0 ? (byte)random.Next(256) : sample[(at + (int)(round % sample.Length)) % sample.Length];
            protocol.Read(board, Requests[random.Next(Requests.Length)], bytes.AsSpan(0, length));
        }
    }
}
