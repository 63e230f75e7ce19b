using System.Net;
using System.Security.Cryptography;

namespace KioskLink.Circulation.Machines;

/// <summary>What a configuration must say of an address on which machines connect: in clear on loopback or a named network alone.</summary>
internal static class ListenCheck
{
    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(Sip2ListenConfig listener, Sip2Config config)
    {
        if (!IPEndPoint.TryParse(listener.Address, out var address) || !listener.Address.Contains(':', StringComparison.Ordinal))
            return $"\"sip2.listeners\" has the address \"{listener.Address}\": write an address and a port, such as \"127.0.0.1:6001\".";
        if (listener.WithoutLogin is { } login && config.Machines.All(machine => machine.Login != login))
            return $"the SIP2 listener on {listener.Address} takes machines without a login for \"{login}\", which is not among \"sip2.machines\": mend \"withoutLogin\".";
        return listener.Certificate is null ? FindPlainTextProblem(listener, address) : FindTlsProblem(listener);
    }

    /// <summary>The network of a listener in clear; null where it takes machines from everywhere.</summary>
    public static IPNetwork? SegmentOf(Sip2ListenConfig listener) =>
        listener.AcceptPlainText is { } plain && IPNetwork.TryParse(plain.Segment, out var segment) ? segment : null;

    private static string? FindTlsProblem(Sip2ListenConfig listener)
    {
        if (listener.AcceptPlainText is not null)
            return $"the SIP2 listener on {listener.Address} has a certificate and accepts plain text: remove \"acceptPlainText\", or the certificate.";
        if (SecretFile.FindProblem(listener.CertificateKey ?? listener.Certificate!) is { } problem)
            return $"the private key of the SIP2 listener on {listener.Address} cannot be used: {problem}";
        try
        {
            ListenerCertificate.Read(listener);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"the certificate of the SIP2 listener on {listener.Address} cannot be used ({fault.Message.TrimEnd('.')}): name a PEM file with certificate and chain under \"certificate\", and one with its private key under \"certificateKey\".";
        }
    }

    private static string? FindPlainTextProblem(Sip2ListenConfig listener, IPEndPoint address)
    {
        if (listener.CertificateKey is not null)
            return $"the SIP2 listener on {listener.Address} has a \"certificateKey\" and no \"certificate\": name both, or neither.";
        if (listener.AcceptPlainText is not { } plain)
            return IPAddress.IsLoopback(address.Address)
                ? null
                : $"the SIP2 listener on {listener.Address} would carry PINs in clear text: name a \"certificate\", listen on 127.0.0.1, or name under \"acceptPlainText\" the network segment of the machines and the reason.";
        if (!IPNetwork.TryParse(plain.Segment, out var segment))
            return $"the SIP2 listener on {listener.Address} accepts plain text on the segment \"{plain.Segment}\": write a network such as \"10.20.0.0/24\".";
        if (string.IsNullOrWhiteSpace(plain.Reason))
            return $"the SIP2 listener on {listener.Address} accepts plain text without a \"reason\": write who accepted it, when, and what keeps others off that network.";
        return segment.Contains(address.Address)
            ? null
            : $"the SIP2 listener on {listener.Address} is not within the segment {plain.Segment} on which plain text is accepted: listen on the address that this machine has there.";
    }
}
