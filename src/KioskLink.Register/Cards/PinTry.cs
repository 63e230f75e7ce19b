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
    private const int MarkBytes = 16;

    /// <summary>The device among those of all callers.</summary>
    public string Device => $"{Caller}/{DeviceId}";

    /// <summary>Names the attempt among those of all callers, as it is kept with the guess that it spends.</summary>
    public ByteString Mark =>
        ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes($"{Caller}\0{AttemptId}")).AsSpan(0, MarkBytes));
}
