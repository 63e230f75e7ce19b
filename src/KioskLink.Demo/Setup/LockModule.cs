namespace KioskLink.Demo.Setup;

/// <summary>The I/O module that moves the demo's lock.</summary>
/// <param name="HasTimers">Whether its outputs end a timed order by themselves; otherwise the node times each unlock.</param>
/// <param name="IsSecure">Whether it speaks in a secure channel; otherwise in clear.</param>
internal sealed record LockModule(bool HasTimers = true, bool IsSecure = true);
