namespace KioskLink.Rules.Loans;

/// <summary>Why an act of circulation was done or not; the numbers are those of the wire.</summary>
public enum LoanReason
{
    /// <summary>It is done.</summary>
    Done = 1,

    /// <summary>Card or PIN do not fit, or the card may not be used.</summary>
    CardRefused = 2,

    /// <summary>No such item.</summary>
    ItemUnknown = 3,

    /// <summary>The item is on loan to somebody else.</summary>
    ItemOnLoan = 4,

    /// <summary>The item waits for somebody else, or the queue of holds is before the patron.</summary>
    ItemOnHold = 5,

    /// <summary>The item is not for loan.</summary>
    NotForLoan = 6,

    /// <summary>The patron has as many loans as the rules allow.</summary>
    LoanLimit = 7,

    /// <summary>A loan ban or a use ban is in force.</summary>
    LoanBan = 8,

    /// <summary>Too many loans are overdue.</summary>
    OverdueLimit = 9,

    /// <summary>Unpaid fees have reached the limit for loans.</summary>
    FeesOverLimit = 10,

    /// <summary>A fee goes with it and was not accepted.</summary>
    FeeNeeded = 11,

    /// <summary>The loan was renewed as often as the rules allow.</summary>
    RenewalLimit = 12,

    /// <summary>The item is not on loan.</summary>
    NotOnLoan = 13,

    /// <summary>The item is on loan to another patron.</summary>
    NotTheBorrower = 14,

    /// <summary>The patron has as many holds as the rules allow.</summary>
    HoldLimit = 15,

    /// <summary>The patron holds it already.</summary>
    HoldExists = 16,

    /// <summary>No such hold of this patron.</summary>
    HoldUnknown = 17,

    /// <summary>No such title.</summary>
    TitleUnknown = 18,

    /// <summary>No such unpaid fee of this patron.</summary>
    FeeUnknown = 19,

    /// <summary>More is paid than is due, or nothing.</summary>
    AmountWrong = 20,

    /// <summary>No such branch to pick it up.</summary>
    BranchUnknown = 21,

    /// <summary>The patron's group may not borrow this type of item.</summary>
    GroupNotAllowed = 22,

    /// <summary>The machine was told no before the answer came, and the act was withdrawn.</summary>
    Withdrawn = 23,
}
