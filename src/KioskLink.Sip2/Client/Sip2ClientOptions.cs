using System.Net.Security;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Client;

/// <summary>Which library system a client speaks to, and how.</summary>
public sealed record Sip2ClientOptions
{
    /// <summary>A shortest and a longest wait for an answer, whatever 98 says.</summary>
    public static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(2), LongestTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The most repetitions, whatever 98 says.</summary>
    public const int MostRetries = 5;

    /// <summary>The host's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    public int Port { get; init; } = 6001;

    /// <summary>TLS; null speaks in clear.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>How it reads and writes.</summary>
    public WireStyle Style { get; init; } = new();

    /// <summary>The sizes that are taken.</summary>
    public WireLimits Wire { get; init; } = new();

    /// <summary>Null does without a login.</summary>
    public ClientLogin? Login { get; init; }

    /// <summary>AO of every request; may be empty.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AP of returns.</summary>
    public string Location { get; init; } = "";

    /// <summary>AC of every request; null sends an empty one.</summary>
    public Secret? TerminalPassword { get; init; }

    /// <summary>Sends check digits, with every message or with none.</summary>
    public bool ErrorDetection { get; init; } = true;

    /// <summary>The library system executes the same bytes once only. Few do; where it does not, a loan without an answer is never sent again.</summary>
    public bool Deduplicates { get; init; }

    /// <summary>One connection, or one for each request.</summary>
    public ClientMode Mode { get; init; }

    /// <summary>The zone of its times.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The wait for a connection and its login, each.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait for an answer until 98 says another.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Repetitions until 98 says another number.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>99 is sent after so long without a message.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests that wait for the connection.</summary>
    public int QueueMax { get; init; } = 64;

    /// <summary>The first wait before it is tried again to connect; doubles to <see cref="ReconnectMax"/>. Requests fail at once meanwhile.</summary>
    public TimeSpan ReconnectMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these waits.</summary>
    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Hears every message with its secrets masked.</summary>
    public Action<Server.TranscriptLine>? Transcript { get; init; }

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    public string? Problem
    {
        get
        {
            TimeSpan[] times = [ConnectTimeout, ReplyTimeout, KeepAlive, ReconnectMin, ReconnectMax];
            if (times.Any(time => time <= TimeSpan.Zero) || Retries < 0 || QueueMax < 1 || Port is < 1 or > 65535)
                return "a time, a number of tries or a port is out of its range";
            return Login is { Password.IsEmpty: true } ? "the login has an empty password" : Wire.Problem;
        }
    }
}
