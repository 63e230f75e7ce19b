using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace KioskLink.Register.Cards;

/// <summary>Where and in which attempt a PIN was entered.</summary>
/// <param name="Caller">Who asks: a node's or an administrator's name, from the certificate.</param>
/// <param name="DeviceId">The caller's device.</param>
/// <param name="AttemptId">The caller's id of the attempt.</param>
internal sealed record PinTry(string Caller, string DeviceId, string AttemptId)
{
    /// <summary>How callers of the own view are named; no node's name has a slash.</summary>
    public const string OwnView = "own-view/";

    private const int MarkBytes = 16;

    // More than the failures that are counted of a device.
    private const int StrangersRank = 1000;

    /// <summary>The device among those of all callers.</summary>
    public string Device => $"{Caller}/{DeviceId}";

    /// <summary>Whose hash goes first, lower first: nobody before a door has to wait for callers without a certificate.</summary>
    /// <param name="failures">Failures of the device that count.</param>
    public int Rank(int failures) => failures + (IsStranger(Caller) ? StrangersRank : 0);

    /// <summary>Whether a caller, or a device by <see cref="Device"/>, is one without a certificate.</summary>
    public static bool IsStranger(string caller) => caller.StartsWith(OwnView, StringComparison.Ordinal);

    /// <summary>Names the attempt among those of all callers, as it is kept with the guess that it spends.</summary>
    public ByteString Mark =>
        ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes($"{Caller}\0{AttemptId}")).AsSpan(0, MarkBytes));
}
