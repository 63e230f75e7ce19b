using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Benchmarks.Checkout;

/// <summary>Loans as they go over the wire: each is an act of its own, of an item that nobody has.</summary>
internal static class CheckoutCall
{
    /// <summary>The service and method.</summary>
    public const string Method = "kiosklink.register.v1.LoanService/CheckOut";

    private const int PrefixSize = 5;
    private static long _acts;

    /// <summary>How many were made.</summary>
    public static long Made => Interlocked.Read(ref _acts);

    /// <summary>The id of the nth item.</summary>
    public static string Item(long n) => string.Create(CultureInfo.InvariantCulture, $"bench-{n:D8}");

    /// <summary>The bytes of the next call, gRPC prefix included; staff lends, so that no slow hash is measured.</summary>
    public static byte[] Ask(int patrons)
    {
        var act = Interlocked.Increment(ref _acts);
        var request = new CheckOutRequest
        {
            Act = new Act { TransactionId = act.ToString("D16", CultureInfo.InvariantCulture), DeviceId = "bench", BranchId = DemoBranch.Id },
            Borrower = new Borrower { CustomerId = string.Create(CultureInfo.InvariantCulture, $"crowd-{act % patrons}") },
            ItemId = Item(act),
        };
        var bytes = new byte[PrefixSize + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - PrefixSize);
        request.WriteTo(bytes.AsSpan(PrefixSize));
        return bytes;
    }

    /// <summary>Throws where the item was not lent.</summary>
    public static void Expect(byte[] answer)
    {
        var outcome = CheckOutResponse.Parser.ParseFrom(answer.AsSpan(PrefixSize)).Outcome;
        if (!outcome.Done)
            throw new InvalidOperationException($"The register refused a loan ({outcome.Reason}): the benchmark would measure something else.");
    }
}
