namespace KioskLink.Rules.Loans;

/// <summary>The loan rules of a consortium: periods, limits and fees, as its profile says. Sums are cents; a limit of 0 is none. Immutable.</summary>
public sealed record LoanRuleSet
{
    /// <summary>The types of items; the first one is that of items whose type is not known.</summary>
    public IReadOnlyList<ItemTypeRule> Types { get; init; } = [new ItemTypeRule { Code = "book" }];

    /// <summary>Groups of patrons that differ from the others.</summary>
    public IReadOnlyList<GroupLoanRule> Groups { get; init; } = [];

    /// <summary>Loans of one patron at most.</summary>
    public int LoanLimit { get; init; }

    /// <summary>Overdue loans with which a patron may still borrow.</summary>
    public int OverdueLimit { get; init; }

    /// <summary>Holds of one patron at most.</summary>
    public int HoldLimit { get; init; }

    /// <summary>Days for which a hold stays in the queue; 0 means until it is called off.</summary>
    public int HoldDays { get; init; }

    /// <summary>Days for which an item waits on the shelf of holds, at least 1.</summary>
    public int HoldShelfDays { get; init; } = 7;

    /// <summary>Unpaid fees from which on nothing is lent, renewed or held.</summary>
    public long FeeLimitCents { get; init; }

    /// <summary>Whether items stay where they were returned; otherwise they go home.</summary>
    public bool Floating { get; init; }

    /// <summary>The rules of a type; an unknown one has those of the first.</summary>
    public ItemTypeRule TypeOf(string code) => Types.FirstOrDefault(type => type.Code == code) ?? Types[0];

    /// <summary>The rules of a group; one that is not listed has nothing of its own.</summary>
    public GroupLoanRule GroupOf(string code) => Groups.FirstOrDefault(group => group.Code == code) ?? GroupLoanRule.Ordinary;
}

/// <summary>The rules of a type of items.</summary>
public sealed record ItemTypeRule
{
    /// <summary>The type's code, as items carry it.</summary>
    public required string Code { get; init; }

    /// <summary>Whether it is lent at all.</summary>
    public bool Lent { get; init; } = true;

    /// <summary>Days of a loan, at least 1.</summary>
    public int Days { get; init; } = 28;

    /// <summary>How often a loan may be renewed.</summary>
    public int Renewals { get; init; } = 5;

    /// <summary>Fee for each day after the last one.</summary>
    public long FeePerDayCents { get; init; }

    /// <summary>The most that a late return costs; 0 means no cap.</summary>
    public long FeeCapCents { get; init; }

    /// <summary>Fee for the loan itself.</summary>
    public long LoanFeeCents { get; init; }

    /// <summary>SIP2's media type, `000` to `010`; empty where none fits.</summary>
    public string Media { get; init; } = "";
}

/// <summary>What differs for a group of patrons; what is null is as for everybody.</summary>
public sealed record GroupLoanRule
{
    /// <summary>A group without rules of its own.</summary>
    public static readonly GroupLoanRule Ordinary = new() { Code = "" };

    /// <summary>The group's code.</summary>
    public required string Code { get; init; }

    /// <summary>Whether its members borrow, renew and hold at all.</summary>
    public bool Borrows { get; init; } = true;

    /// <summary>Types of items that they may not borrow.</summary>
    public IReadOnlyList<string> WithoutTypes { get; init; } = [];

    /// <summary>Whether late returns cost them anything.</summary>
    public bool LateFees { get; init; } = true;

    /// <summary>Days of their loans by type, where they differ.</summary>
    public IReadOnlyDictionary<string, int> Days { get; init; } = new Dictionary<string, int>();

    /// <summary>Loans at most.</summary>
    public int? LoanLimit { get; init; }

    /// <summary>Holds at most.</summary>
    public int? HoldLimit { get; init; }
}
