namespace KioskLink.Register.Console.Forms;

/// <summary>One of several things to choose from.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Text">What the user reads.</param>
public readonly record struct Choice(string Value, string Text);
