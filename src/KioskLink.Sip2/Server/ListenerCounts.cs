namespace KioskLink.Sip2.Server;

/// <summary>What a listener has done since it started, and holds now.</summary>
/// <param name="Open">Connections now.</param>
/// <param name="Accepted">Connections ever.</param>
/// <param name="Refused">Connections refused for a limit.</param>
/// <param name="Messages">Messages taken.</param>
/// <param name="SentAgain">Answers sent again from memory.</param>
/// <param name="Failed">Questions that were not answered.</param>
public sealed record ListenerCounts(int Open, long Accepted, long Refused, long Messages, long SentAgain, long Failed);
