namespace Grpc.Net.Client;

/// <summary>Fits the time to a deadline into what a timer holds.</summary>
internal static class CallTimer
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    /// <summary>How long to wait; nothing for a deadline that is over, and no more than a timer can.</summary>
    internal static TimeSpan Wait(TimeSpan left) => TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, Longest.Ticks));
}
