using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Identity;
using KioskLink.Register.Outages;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using LibraryService = KioskLink.Register.Outages.LibraryService;

namespace KioskLink.Register.Circulation;

/// <summary>
/// Takes an act in four steps: 1 its fields and its caller, 2 whether it was answered before, 3 card and PIN, 4 the act itself on the
/// write lane, with its answer in the same unit of work. Two machines that want one item stand in one line here. Thread-safe.
/// </summary>
internal sealed class ActDesk(RegisterCore core, AttemptMemory attempts, OutageBook outages, BorrowerDesk borrowers)
{
    /// <summary>Class of the data, for the audit log.</summary>
    public const string FieldsClass = "loans";

    // Attempts at doors have ids of their own.
    private const string AttemptPrefix = "act/";

    // What is told of as having happened is another question than whether it may.
    private const string Told = "/told";

    /// <summary>Takes an act of a borrower.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="borrower">Who borrows; null where an act needs nobody.</param>
    /// <param name="work">The act.</param>
    /// <param name="refuse">The answer to a card or PIN that is refused.</param>
    public async Task<T> TakeAsync<T>(ActCall call, Borrower? borrower, Func<ActScope, T> work, Func<LoanOutcome, T> refuse)
        where T : class, IMessage<T>, new()
    {
        var terms = Check(call);
        if (borrower is not null)
        {
            call.Context.Audit().About(borrowers.SubjectsOf(borrower));
        }

        var answer = await attempts.OnceAsync($"{AttemptPrefix}{terms.Caller}", AttemptOf(terms, terms.Act.NoBlock), () => MakeAsync(call, terms, borrower, work, refuse));
        if (OutcomeOf(answer) is { Done: false, CardCode: not Protos.Types.V1.DecisionCode.Unspecified } refused)
        {
            call.Context.Audit().Judged(refused.CardCode);
        }

        return answer;
    }

    /// <summary>Forgets the answer of an act that was withdrawn: its row says from now on what became of it.</summary>
    public void Forget(ActTerms terms)
    {
        attempts.Forget($"{AttemptPrefix}{terms.Caller}", AttemptOf(terms, isTold: false));
        attempts.Forget($"{AttemptPrefix}{terms.Caller}", AttemptOf(terms, isTold: true));
    }

    private static string AttemptOf(ActTerms terms, bool isTold) => $"{terms.Kind}/{terms.Act.TransactionId}{(isTold ? Told : "")}";

    private static LoanOutcome? OutcomeOf(IMessage answer) => answer.Descriptor.FindFieldByName("outcome").Accessor.GetValue(answer) as LoanOutcome;

    private async ValueTask<Answer<T>> MakeAsync<T>(
        ActCall call, ActTerms terms, Borrower? borrower, Func<ActScope, T> work, Func<LoanOutcome, T> refuse)
        where T : class, IMessage<T>, new()
    {
        if (Stored<T>(terms) is { } stored)
        {
            return Answer<T>.Of(stored);
        }

        var presented = Presented.Nobody;
        var caller = call.Context.Caller();
        var mustProve = call.NeedsPin && caller.Role == CallerRole.Node && !terms.Act.NoBlock;
        if (borrower is not null)
        {
            presented = await borrowers.FindAsync(borrower, mustProve, new PinTry(caller.Name, terms.Act.DeviceId, terms.Act.TransactionId), terms.Branch).ConfigureAwait(false);
        }

        if (!presented.IsAccepted && !terms.Act.NoBlock)
        {
            await CardUse.NoteAsync(core, presented.Card, presented.Pin).ConfigureAwait(false);
            var pin = presented.Pin ?? (mustProve ? PinResult.Missing : null);
            return Answer<T>.Of(refuse(Outcomes.OfCard(presented.Code, pin, LanguageOf(terms.Act, presented))));
        }

        var written = await core.Lane.WriteAsync(scope => Do(scope, terms, presented, work)).ConfigureAwait(false);
        return Answer<T>.Of(written.Value);
    }

    private T Do<T>(WriteScope scope, ActTerms terms, Presented presented, Func<ActScope, T> work)
        where T : class, IMessage<T>, new()
    {
        if (Standing(ActBook.Find<T>(scope.Db, scope.Consortium, terms), terms) is { } stored)
        {
            return stored;
        }

        CardUse.Note(scope, presented.Card, presented.Pin);
        var act = new ActScope(core, scope, terms, presented);
        var answer = work(act);
        ActBook.Keep(scope, terms, answer, act.Effects);
        return answer;
    }

    private T? Stored<T>(ActTerms terms)
        where T : class, IMessage<T>, new()
    {
        using var db = core.Store.Read();
        return Standing(ActBook.Find<T>(db, core.Store.Consortium, terms), terms);
    }

    // A refusal that was lost on the way did not keep the act from happening: whoever answered in the register's place has said yes. Of an act
    // that was withdrawn nobody has.
    private static T? Standing<T>(T? stored, ActTerms terms)
        where T : class, IMessage<T> =>
        stored is not null && terms.Act.NoBlock && OutcomeOf(stored) is not ({ Done: true } or { Reason: LoanReason.Withdrawn }) ? null : stored;

    // Before the PIN nothing depends on the card, language included.
    private static Language LanguageOf(Act act, Presented presented) =>
        Outcomes.LanguageOf(act.Language, presented.IsProven ? presented.Card?.Facts.Language ?? Language.Unknown : Language.Unknown);

    private ActTerms Check(ActCall call)
    {
        var terms = ActTerms.Checked(core, call.Context, call.Act, call.Kind);
        if (!terms.Act.NoBlock && call.Context.Caller().Role == CallerRole.Node)
        {
            // What is down are the services of patrons and machines: staff renews and holds for whoever calls (R82).
            outages.Require(call.Service, terms.Branch.Length == 0 ? null : terms.Branch);
        }

        return terms;
    }
}

/// <summary>What is asked of the desk.</summary>
/// <param name="Context">The call.</param>
/// <param name="Act">The act; null where the request names none.</param>
/// <param name="Kind">One of <see cref="ActKind"/>.</param>
/// <param name="Service">The service that must be up for it (R84).</param>
/// <param name="NeedsPin">Whether a machine's card needs its PIN.</param>
internal sealed record ActCall(ServerCallContext Context, Act? Act, string Kind, LibraryService Service, bool NeedsPin = true);
