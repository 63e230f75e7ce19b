using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Benchmarks.Entry;

/// <summary>Presentations as they go over the wire: each is an attempt of its own.</summary>
internal static class EntryCall
{
    private const int PrefixSize = 5;
    private static long _attempts;

    /// <summary>The bytes of a call, gRPC prefix included.</summary>
    public static byte[] Ask(string card, string pin = "", string device = "front-reader")
    {
        var request = new AuthorizeEntryRequest
        {
            BranchId = DemoBranch.Id,
            DoorId = DemoBranch.Door,
            CardNumber = card,
            Pin = ByteString.CopyFrom(Encoding.ASCII.GetBytes(pin)),
            AttemptId = Interlocked.Increment(ref _attempts).ToString("D16", CultureInfo.InvariantCulture),
            DeviceId = device,
        };
        var bytes = new byte[PrefixSize + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - PrefixSize);
        request.WriteTo(bytes.AsSpan(PrefixSize));
        return bytes;
    }

    /// <summary>What the register decided.</summary>
    public static DecisionCode Code(byte[] answer) => AuthorizeEntryResponse.Parser.ParseFrom(answer.AsSpan(PrefixSize)).Decision.Code;

    /// <summary>Throws where the decision is another one than the benchmark is about.</summary>
    public static void Expect(DecisionCode code, byte[] answer)
    {
        if (Code(answer) != code)
            throw new InvalidOperationException($"The register decided {Code(answer)}, not {code}: the benchmark would measure something else.");
    }
}
