namespace KioskLink.Register.Profiles;

/// <summary>The daily round of notices to patrons (R20): what is sent by itself, where the library system does not send it.</summary>
internal sealed record NoticeRoundProfile
{
    /// <summary>Whether the register sends notices by itself, as the shipped profiles say. It does not unless told to, since two senders would write twice.</summary>
    public bool Sends { get; init; }

    /// <summary>Days before the due date on which a loan is told of; 0 means that it is not.</summary>
    public int DueSoonDays { get; init; } = 3;

    /// <summary>Days after the due date on which a loan that is not returned is told of, in order.</summary>
    public IReadOnlyList<int> OverdueDays { get; init; } = [7, 21];
}
