using System.Net;
using System.Net.Security;

namespace KioskLink.Sip2.Server;

/// <summary>Where a listener listens, and how.</summary>
public sealed record Sip2ListenerOptions
{
    /// <summary>The address and port; port 0 takes any free one.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>The network from which machines are taken; null takes them from everywhere.</summary>
    public IPNetwork? Sources { get; init; }

    /// <summary>TLS; null speaks in clear, as most machines do. In clear it belongs on loopback or a network of its own.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>The rules of its sessions.</summary>
    public SessionRules Rules { get; init; } = new();

    /// <summary>Its limits.</summary>
    public ListenerLimits Limits { get; init; } = new();

    /// <summary>Hears what happens, on any thread and many at once; it must be quick and not throw.</summary>
    public Action<ListenerReport>? Report { get; init; }

    /// <summary>Hears every message with its secrets masked, on any thread. Costs time: for looking for a fault.</summary>
    public Action<TranscriptLine>? Transcript { get; init; }

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    public string? Problem => Rules.Problem ?? Limits.Problem;
}
