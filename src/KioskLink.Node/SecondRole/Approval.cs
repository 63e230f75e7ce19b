namespace KioskLink.Node.SecondRole;

/// <summary>What a technician may not do alone. Numbered as on the wire.</summary>
internal enum ApprovalAct
{
    /// <summary>Seeing a line as it is, with cards in it.</summary>
    UnmaskedTrace = 1,

    /// <summary>One opening of a door by the virtual technician card.</summary>
    VirtualCard = 2,
}

/// <summary>How far an approval is. Numbered as on the wire.</summary>
internal enum ApprovalState
{
    /// <summary>Asked for; a second person has not answered.</summary>
    Asked = 1,

    /// <summary>Approved, and running.</summary>
    Approved = 2,

    /// <summary>Refused.</summary>
    Refused = 3,

    /// <summary>Used, withdrawn, or past its time.</summary>
    Ended = 4,
}

/// <summary>What a technician has asked of a second person.</summary>
internal sealed record Approval
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be done.</summary>
    public required ApprovalAct Act { get; init; }

    /// <summary>The line, or the door.</summary>
    public required string Subject { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    public required string Reason { get; init; }

    /// <summary>The user of the machine who asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>When, by a clock that nobody sets.</summary>
    public required TimeSpan AskedAt { get; init; }

    /// <summary>How far it is.</summary>
    public ApprovalState State { get; init; } = ApprovalState.Asked;

    /// <summary>The user who answered; empty until then.</summary>
    public string AnsweredBy { get; init; } = "";

    /// <summary>Why it was answered so.</summary>
    public string AnswerReason { get; init; } = "";

    /// <summary>When it ends by itself; null until it is approved.</summary>
    public TimeSpan? Until { get; init; }

    /// <summary>Whether it still asks or runs.</summary>
    public bool IsOpen => State is ApprovalState.Asked or ApprovalState.Approved;

    /// <summary>What it is about, for records.</summary>
    public string What => Act == ApprovalAct.UnmaskedTrace ? $"an unmasked trace of {Subject}" : $"an opening of {Subject} by the virtual technician card";
}
