namespace KioskLink.Rules.Texts;

/// <summary>Keys of the texts of circulation; they travel on the wire, so a key keeps its meaning.</summary>
public static class LoanTextKey
{
    /// <summary>Card and PIN are good.</summary>
    public const string CardAccepted = "card_accepted";

    /// <summary>A refusal that names no reason.</summary>
    public const string AskStaff = "ask_staff";

    /// <summary>An item was lent.</summary>
    public const string Lent = "item_lent";

    /// <summary>A loan was renewed.</summary>
    public const string Renewed = "loan_renewed";

    /// <summary>Loans were renewed as far as could be.</summary>
    public const string RenewedAll = "loans_renewed";

    /// <summary>An item came back.</summary>
    public const string Returned = "item_returned";

    /// <summary>A hold was placed.</summary>
    public const string Held = "hold_placed";

    /// <summary>A hold was changed.</summary>
    public const string HoldChanged = "hold_changed";

    /// <summary>A hold was called off.</summary>
    public const string HoldEnded = "hold_ended";

    /// <summary>A fee was paid.</summary>
    public const string Paid = "fee_paid";

    /// <summary>A ban on loans.</summary>
    public const string Banned = "loans_banned";

    /// <summary>No such item.</summary>
    public const string ItemUnknown = "item_unknown";

    /// <summary>Lent to somebody else.</summary>
    public const string ItemOnLoan = "item_on_loan";

    /// <summary>Held by somebody else.</summary>
    public const string ItemOnHold = "item_on_hold";

    /// <summary>Not for loan.</summary>
    public const string NotForLoan = "not_for_loan";

    /// <summary>Too many loans.</summary>
    public const string LoanLimit = "loan_limit";

    /// <summary>Too many overdue loans.</summary>
    public const string OverdueLimit = "overdue_limit";

    /// <summary>Unpaid fees have reached the limit.</summary>
    public const string FeesOverLimit = "fees_limit";

    /// <summary>A fee goes with it.</summary>
    public const string FeeNeeded = "fee_needed";

    /// <summary>Renewed too often.</summary>
    public const string RenewalLimit = "renewal_limit";

    /// <summary>The item is not on loan.</summary>
    public const string NotOnLoan = "not_on_loan";

    /// <summary>Somebody else's loan.</summary>
    public const string NotTheBorrower = "not_the_borrower";

    /// <summary>Too many holds.</summary>
    public const string HoldLimit = "hold_limit";

    /// <summary>Held already.</summary>
    public const string HoldExists = "hold_exists";

    /// <summary>No such hold.</summary>
    public const string HoldUnknown = "hold_unknown";

    /// <summary>No such title.</summary>
    public const string TitleUnknown = "title_unknown";

    /// <summary>No such fee.</summary>
    public const string FeeUnknown = "fee_unknown";

    /// <summary>A wrong sum.</summary>
    public const string AmountWrong = "amount_wrong";

    /// <summary>No such branch.</summary>
    public const string BranchUnknown = "branch_unknown";

    /// <summary>Not for this group of patrons.</summary>
    public const string GroupNotAllowed = "group_not_allowed";
}
