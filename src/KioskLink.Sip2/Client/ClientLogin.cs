namespace KioskLink.Sip2.Client;

/// <summary>How a client logs in.</summary>
/// <param name="UserId">CN.</param>
/// <param name="Password">CO; the client does not wipe it, since it logs in again after each break.</param>
/// <param name="Location">CP; null leaves it out.</param>
public sealed record ClientLogin(string UserId, Secret Password, string? Location = null);
