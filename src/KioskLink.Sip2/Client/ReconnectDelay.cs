using System.Security.Cryptography;

namespace KioskLink.Sip2.Client;

/// <summary>When a library system that could not be reached is tried again: later each time, and not all clients at once.</summary>
internal sealed class ReconnectDelay(Sip2ClientOptions options, TimeProvider time)
{
    private const int DoublingsMax = 16, JitterPercent = 25;

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _notBefore;
    private int _failures;

    /// <summary>Whether it may be tried now.</summary>
    public bool MayTry => time.GetElapsedTime(_start) >= _notBefore;

    public void Succeeded() => (_failures, _notBefore) = (0, TimeSpan.Zero);

    public void Failed()
    {
        var delay = options.ReconnectMin * Math.Pow(2, Math.Min(_failures++, DoublingsMax));
        delay = delay < options.ReconnectMax ? delay : options.ReconnectMax;
        _notBefore = time.GetElapsedTime(_start) + delay * (1 - RandomNumberGenerator.GetInt32(JitterPercent) / 100.0);
    }
}
