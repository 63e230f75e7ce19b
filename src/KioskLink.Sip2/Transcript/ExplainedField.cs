namespace KioskLink.Sip2.Transcript;

/// <summary>One value of a message in words.</summary>
/// <param name="Id">The two characters that name a field; empty for what stands in the fixed part.</param>
/// <param name="Name">What it is, such as `due date`.</param>
/// <param name="Value">The value as a transcript shows it; secrets are masked.</param>
/// <param name="Meaning">What the value means; empty where the value says it itself.</param>
public sealed record ExplainedField(string Id, string Name, string Value, string Meaning);
