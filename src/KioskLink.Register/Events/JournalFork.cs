namespace KioskLink.Register.Events;

/// <summary>A journal does not continue what the register holds of it; nothing of the batch was taken, nothing was dropped.</summary>
internal sealed class JournalFork(string sentence) : Exception(sentence);
