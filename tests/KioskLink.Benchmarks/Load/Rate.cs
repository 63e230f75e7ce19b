namespace KioskLink.Benchmarks.Load;

/// <summary>How fast calls were answered and what one cost; the cost hardly moves when other programs share the machine.</summary>
/// <param name="PerSecond">Calls in a second.</param>
/// <param name="PerCall">What a call cost, client and server together.</param>
internal sealed record Rate(double PerSecond, Spent PerCall);
