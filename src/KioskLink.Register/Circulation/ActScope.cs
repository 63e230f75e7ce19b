using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Loans;
using KioskLink.Rules.Texts;
using NodaTime;
using LoanReason = KioskLink.Rules.Loans.LoanReason;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Circulation;

/// <summary>One act while it has the write lane: who, where, when, and what speaks against it. Not thread-safe; not to be kept.</summary>
/// <param name="core">The register.</param>
/// <param name="scope">The unit of work.</param>
/// <param name="terms">What was asked.</param>
/// <param name="presented">Who borrows.</param>
internal sealed class ActScope(RegisterCore core, WriteScope scope, ActTerms terms, Presented presented)
{
    /// <summary>The unit of work.</summary>
    public WriteScope Scope => scope;

    /// <summary>The tables.</summary>
    public RegisterDb Db => scope.Db;

    /// <summary>The consortium.</summary>
    public string Consortium => scope.Consortium;

    /// <summary>The register, for its profile and the branches.</summary>
    public RegisterCore Core => core;

    /// <summary>The loan rules.</summary>
    public LoanRuleSet Rules => core.Profile.LoanRules;

    /// <summary>The act.</summary>
    public Act Act => terms.Act;

    /// <summary>Whether it has happened and is taken whatever speaks against it.</summary>
    public bool IsTold => terms.Act.NoBlock;

    /// <summary>The branch; empty where staff names none.</summary>
    public string Branch => terms.Branch;

    /// <summary>The branch's hours; null where they are not known.</summary>
    public OpeningHours? Hours => HoursOf(terms.Branch);

    /// <summary>Who borrows.</summary>
    public Presented Presented => presented;

    /// <summary>The patron; null where nobody is.</summary>
    public PatronRow? Patron { get; } = presented.PatronId is { } id ? scope.Db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == id) : null;

    /// <summary>When it happened: as told, but no later than now and no longer ago than acts are kept.</summary>
    public Instant At { get; } = terms.HappenedAt is { } told && told < scope.Now && told > scope.Now - ActBook.KeptFor ? told : scope.Now;

    /// <summary>The same as rows keep it.</summary>
    public long AtMs => At.ToUnixTimeMilliseconds();

    /// <summary>The day on which it happened.</summary>
    public LocalDate Today => OpeningCalendar.DateAt(At);

    /// <summary>The same as rows keep it.</summary>
    public string TodayIso => ((LocalDate?)Today).ToIso();

    /// <summary>Whether staff has to look at it.</summary>
    public bool HasConflict => FirstAgainst is not null;

    /// <summary>What was noted first against it; null while nothing is.</summary>
    public LoanReason? FirstAgainst { get; private set; }

    /// <summary>The version of the facts that the answer rests on.</summary>
    public long Version => core.Log.Head.Version;

    /// <summary>The hours of a branch; null where they are not known.</summary>
    public OpeningHours? HoursOf(string branchId) => core.Index.Branch(branchId)?.Policy.Hours;

    /// <summary>What it did so far, for when it is withdrawn.</summary>
    public List<ActEffect> Effects { get; } = [];

    /// <summary>Notes what speaks against an act that is taken all the same.</summary>
    public void Against(LoanReason reason, string itemId, long? other = null, string endedLoan = "")
    {
        FirstAgainst ??= reason;
        Rows.Add(scope, new ConflictRow
        {
            Consortium = Consortium,
            ConflictId = Guid.NewGuid().ToString("N"),
            TransactionId = Act.TransactionId,
            Kind = terms.Kind,
            Reason = (int)reason,
            ItemId = itemId,
            PatronId = Patron?.PatronId,
            OtherPatronId = other,
            EndedLoanId = endedLoan,
            BranchId = Branch,
            DeviceId = Act.DeviceId,
            Caller = terms.Caller,
            HappenedAt = AtMs,
            ToldAt = scope.NowMs,
        });
    }

    /// <summary>The act is done; to the patron it reads so, and whoever told of it later hears what speaks against it.</summary>
    public LoanOutcome Done(LoanDeed deed, LoanReason reason = LoanReason.Done, long feeCents = 0)
    {
        var outcome = Outcomes.Of(deed, reason, Outcomes.LanguageOf(Act, Patron), done: true, HasConflict, feeCents);
        outcome.Reason = (Protos.Register.V1.LoanReason)(FirstAgainst ?? reason);
        return outcome;
    }

    /// <summary>The rules refuse it.</summary>
    public LoanOutcome Refused(LoanDeed deed, LoanReason reason, long feeCents = 0) =>
        Outcomes.Of(deed, reason, Outcomes.LanguageOf(Act, Patron), done: false, conflict: false, feeCents);

    /// <summary>Says whose data the act changes beside the borrower's, for the audit log.</summary>
    public void Concerns(long patronId) => scope.About([patronId], ActDesk.FieldsClass);

    /// <summary>Source of every answer.</summary>
    public static Wire.Source Source => Wire.Source.Register;
}
