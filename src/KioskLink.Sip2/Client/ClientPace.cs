namespace KioskLink.Sip2.Client;

/// <summary>How long and how often a client waits.</summary>
/// <param name="Timeout">For an answer.</param>
/// <param name="Retries">Repetitions of a message.</param>
internal readonly record struct ClientPace(TimeSpan Timeout, int Retries)
{
    private const int Unknown = 999;

    public static ClientPace Of(Sip2ClientOptions options) => new(options.ReplyTimeout, Math.Min(options.Retries, Sip2ClientOptions.MostRetries));

    /// <summary>What 98 says, within reason; unknown and zero change nothing.</summary>
    public ClientPace Heed(AcsStatusResponse status) => new(
        status.TimeoutTenths is > 0 and < Unknown and var tenths
            ? TimeSpan.FromTicks(Math.Clamp(TimeSpan.FromMilliseconds(tenths * 100).Ticks, Sip2ClientOptions.ShortestTimeout.Ticks, Sip2ClientOptions.LongestTimeout.Ticks))
            : Timeout,
        status.Retries is >= 0 and < Unknown and var retries ? Math.Min(retries, Sip2ClientOptions.MostRetries) : Retries);
}
