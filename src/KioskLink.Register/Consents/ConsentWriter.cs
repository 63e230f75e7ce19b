using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Consents;

/// <summary>What somebody agreed to, read and typed.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Act">What was done.</param>
/// <param name="Channel">Where.</param>
/// <param name="TextVersion">Which text; empty means the one in force.</param>
/// <param name="ActedOn">When; null means today.</param>
/// <param name="Giver">Who acted; null means whoever usually does.</param>
internal sealed record ConsentDeed(
    ConsentKind Kind, ConsentAct Act, ConsentChannel Channel, string TextVersion = "", LocalDate? ActedOn = null, Giver? Giver = null);

/// <summary>
/// Enters consents and does what follows from them: terms and guardian's consent are facts for doors, and what rests on a withdrawn
/// consent is deleted in the same unit of work.
/// </summary>
internal sealed class ConsentWriter(ConsortiumProfile profile, IEnumerable<ConsentEnded> endings)
{
    private readonly List<ConsentEnded> _endings = [.. endings];

    /// <summary>Enters a deed unless it stands so already; NOT_FOUND, INVALID_ARGUMENT and FAILED_PRECONDITION as the API says.</summary>
    public (ConsentRow Row, bool Added) Record(WriteScope scope, PatronRow patron, ConsentDeed deed, string by)
    {
        var today = OpeningCalendar.DateAt(scope.Now);
        var day = deed.ActedOn ?? today;
        if (deed.Act == ConsentAct.Given)
        {
            ConsentRules.RequireOffered(deed.Kind, profile, patron.PatronGroup);
        }

        var giver = GiverOf(scope.Db, patron, deed, day, "consent");
        var last = ConsentLedger.Last(scope.Db, patron.PatronId, deed.Kind);
        var text = deed.TextVersion.Length > 0 ? deed.TextVersion : profile.PatronFields.TermsVersion;
        if (last is not null && last.Act == (int)deed.Act && (deed.Act == ConsentAct.Withdrawn || last.TextVersion == text)
            && (deed.ActedOn is null || last.ActedOn == ((LocalDate?)day).ToIso()))
        {
            return (last, false);
        }

        if (last is not null && string.CompareOrdinal(((LocalDate?)day).ToIso(), last.ActedOn) < 0
            && ConsentLedger.Find(scope.Db, patron.PatronId, deed.Kind, deed.Act, ((LocalDate?)day).ToIso()) is { } before)
        {
            return (before, false);
        }

        ConsentRules.RequireGiven(deed.Act, ConsentLedger.State(last));
        var row = Add(scope, patron, deed with { TextVersion = text, ActedOn = day, Giver = giver }, by);
        if (ConsentLedger.Last(scope.Db, patron.PatronId, deed.Kind)!.ConsentId == row.ConsentId)
        {
            Follow(scope, patron, deed, day, by);
        }

        return (row, true);
    }

    /// <summary>Notes what staff or a file says of terms and guardian's consent, where it says something new; the row is stored already.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="before">The patron as it was; null for a new one.</param>
    /// <param name="after">The patron as it is.</param>
    /// <param name="channel">Where it came from.</param>
    /// <param name="by">Who writes.</param>
    /// <exception cref="RpcException">FAILED_PRECONDITION where staff says it of a child for whom nobody answers (R39).</exception>
    public void Note(WriteScope scope, PatronRow? before, PatronRow after, ConsentChannel channel, string by)
    {
        Note(ConsentKind.Terms, before?.TermsAcceptedOn ?? "", after.TermsAcceptedOn);
        Note(ConsentKind.MinorSelfService, before?.GuardianConsentOn ?? "", after.GuardianConsentOn);

        void Note(ConsentKind kind, string was, string now)
        {
            if (was == now)
            {
                return;
            }

            var day = now.ToDate() ?? OpeningCalendar.DateAt(scope.Now);
            var act = now.Length > 0 ? ConsentAct.Given : ConsentAct.Withdrawn;
            if (act == ConsentAct.Given && channel == ConsentChannel.Desk && IsByNobody(scope, after, kind, day))
            {
                throw ResponsibleMissing();
            }

            var giver = GiverOf(scope, after, kind, day);
            Add(scope, after, new ConsentDeed(kind, act, channel, profile.PatronFields.TermsVersion, day, giver), by);
        }
    }

    /// <summary>
    /// A patron as a file says, without the new days of what nobody is named to have given for the patron (R39); a number counts as
    /// named, whoever it is, as its row may come later in the file.
    /// </summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="before">The patron as it was; null for a new one.</param>
    /// <param name="said">The patron as the file says.</param>
    public static PatronRow Named(WriteScope scope, PatronRow? before, PatronRow said)
    {
        return said with
        {
            TermsAcceptedOn = Named(ConsentKind.Terms, before?.TermsAcceptedOn ?? "", said.TermsAcceptedOn),
            GuardianConsentOn = Named(ConsentKind.MinorSelfService, before?.GuardianConsentOn ?? "", said.GuardianConsentOn),
        };

        string Named(ConsentKind kind, string was, string now) =>
            now == was || now.ToDate() is not { } day || !IsByNobody(scope, said, kind, day) ? now : was;
    }

    /// <summary>
    /// The day of an acceptance as the patron's row may hold it: what stands there, where the acceptance was withdrawn after that day (R39).
    /// </summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="stored">The patron as it is.</param>
    /// <param name="said">The patron as staff or a file say.</param>
    /// <param name="channel">Desk, whose late acceptance is refused; or Import, whose acceptance is entered in the ledger alone.</param>
    /// <param name="by">Who writes.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT where staff says it.</exception>
    public PatronRow Counting(WriteScope scope, PatronRow stored, PatronRow said, ConsentChannel channel, string by)
    {
        return said with
        {
            TermsAcceptedOn = Counts(ConsentKind.Terms, "terms_accepted_on", stored.TermsAcceptedOn, said.TermsAcceptedOn),
            GuardianConsentOn = Counts(ConsentKind.MinorSelfService, "guardian_consent_on", stored.GuardianConsentOn, said.GuardianConsentOn),
        };

        string Counts(ConsentKind kind, string field, string was, string now)
        {
            var isFile = channel == ConsentChannel.Import;
            if (now.Length == 0 || now == was || !ConsentLedger.IsOutdated(scope.Db, stored.PatronId, kind, now, isRepeated: isFile))
            {
                return now;
            }

            if (!isFile)
            {
                throw Field.Wrong(field, "lies before the withdrawal: give the day of a later acceptance");
            }

            EnterLate(scope, stored, kind, now, by);
            return was;
        }
    }

    private void EnterLate(WriteScope scope, PatronRow patron, ConsentKind kind, string day, string by)
    {
        if (ConsentLedger.Find(scope.Db, patron.PatronId, kind, ConsentAct.Given, day) is null)
        {
            var giver = GiverOf(scope, patron, kind, day.ToDate()!.Value);
            Add(scope, patron, new ConsentDeed(kind, ConsentAct.Given, ConsentChannel.Import, profile.PatronFields.TermsVersion, day.ToDate(), giver), by);
        }
    }

    private static Giver GiverOf(WriteScope scope, PatronRow patron, ConsentKind kind, LocalDate day) =>
        kind == ConsentKind.MinorSelfService ? Giver.FirstResponsible(scope.Db, patron) : Giver.Usual(scope.Db, patron, day);

    // Whoever has grown up since is asked for no guardian of then.
    private static bool IsByNobody(WriteScope scope, PatronRow patron, ConsentKind kind, LocalDate day) =>
        (kind == ConsentKind.MinorSelfService || Giver.MustBeResponsible(patron, OpeningCalendar.DateAt(scope.Now)))
        && GiverOf(scope, patron, kind, day).IsUnnamed;

    private static RpcException ResponsibleMissing() => Refused.With(
        StatusCode.FailedPrecondition, "RESPONSIBLE_MISSING", "Nobody answers for this patron, who may not agree alone; store the responsible person first.");

    /// <summary>
    /// Enters that somebody obtained a card at the desk (R39): FAILED_PRECONDITION for a child or community for which nobody answers.
    /// </summary>
    public void AcceptCard(WriteScope scope, PatronRow patron, ConsentDeed deed, string by)
    {
        var giver = GiverOf(scope.Db, patron, deed, deed.ActedOn ?? OpeningCalendar.DateAt(scope.Now), "acceptance");
        NoteCard(scope, patron, deed with { Giver = giver }, by);
    }

    /// <summary>
    /// Notes that somebody obtained a card, and with it accepted the rules of the library (R39); where nobody is named who could have
    /// accepted for the patron, nothing is noted.
    /// </summary>
    public void NoteCard(WriteScope scope, PatronRow patron, ConsentDeed deed, string by)
    {
        var day = deed.ActedOn ?? OpeningCalendar.DateAt(scope.Now);
        var giver = deed.Giver is null or { IsUnnamed: true } ? Giver.Usual(scope.Db, patron, day) : deed.Giver;
        if (giver.IsUnnamed)
        {
            return;
        }

        var text = deed.TextVersion.Length > 0 ? deed.TextVersion : profile.PatronFields.TermsVersion;
        Add(scope, patron, deed with { TextVersion = text, ActedOn = day, Giver = giver }, by);
    }

    private static ConsentRow Add(WriteScope scope, PatronRow patron, ConsentDeed deed, string by) => ConsentLedger.Add(scope, new ConsentRow
    {
        Consortium = scope.Consortium,
        PatronId = patron.PatronId,
        Kind = (int)deed.Kind,
        Act = (int)deed.Act,
        TextVersion = deed.TextVersion,
        ActedOn = deed.ActedOn.ToIso(),
        Channel = (int)deed.Channel,
        ByResponsible = deed.Giver!.ByResponsible,
        GiverCustomerId = deed.Giver.CustomerId,
        GiverPersonId = deed.Giver.PersonId,
        RecordedBy = by,
    });

    // Nobody under 15 agrees alone, and nobody lets oneself in as a minor (R39).
    private static Giver GiverOf(RegisterDb db, PatronRow patron, ConsentDeed deed, LocalDate day, string field)
    {
        var needed = Giver.MustBeResponsible(patron, day) || deed.Kind == ConsentKind.MinorSelfService;
        var giver = deed.Giver ?? (needed ? Giver.FirstResponsible(db, patron) : Giver.Self);
        giver = giver.IsUnnamed ? Giver.FirstResponsible(db, patron) : giver;
        if (giver.IsUnnamed)
        {
            throw ResponsibleMissing();
        }

        if (needed && !giver.ByResponsible)
        {
            throw Refused.With(
                StatusCode.FailedPrecondition, "RESPONSIBLE_NEEDED", "This patron may not agree alone; somebody who answers for the patron does, at the desk.");
        }

        return !giver.ByResponsible || giver.AnswersFor(db, patron)
            ? giver
            : throw Field.Wrong($"{field}.giver_customer_id", "or `giver_person_id` names nobody who answers for the patron: correct it");
    }

    /// <summary>
    /// Ends the loan history of a patron who leaves the group that alone allowed it (R23, D11), and forgets where home service went when
    /// it goes there no more (R24); the row is stored already.
    /// </summary>
    public void NoteGroup(WriteScope scope, PatronRow before, PatronRow after)
    {
        if (ConsentRules.IsHomeService(profile, before.PatronGroup) && !ConsentRules.IsHomeService(profile, after.PatronGroup))
        {
            ContactWriter.PutHomeService(scope, after.PatronId, new HomeService());
        }

        if (ConsentRules.MayKeepHistory(profile, before.PatronGroup) && !ConsentRules.MayKeepHistory(profile, after.PatronGroup))
        {
            _endings.ForEach(end => end(scope, after.PatronId, ConsentKind.LoanHistory));
        }
    }

    private void Follow(WriteScope scope, PatronRow patron, ConsentDeed deed, LocalDate day, string by)
    {
        var date = deed.Act == ConsentAct.Given ? ((LocalDate?)day).ToIso() : "";
        var after = deed.Kind switch
        {
            ConsentKind.Terms => patron with { TermsAcceptedOn = date },
            ConsentKind.MinorSelfService => patron with { GuardianConsentOn = date },
            _ => patron,
        };
        if (after != patron)
        {
            (after.UpdatedAt, after.UpdatedBy) = (scope.NowMs, by);
            scope.Db.Entry(after).State = EntityState.Modified;
            scope.Db.SaveChanges();
            scope.Db.Entry(after).State = EntityState.Detached;
            PatronWriter.TouchCards(scope, patron.PatronId, priority: date.Length == 0);
        }

        if (deed.Act != ConsentAct.Given)
        {
            _endings.ForEach(end => end(scope, patron.PatronId, deed.Kind));
        }
    }
}
