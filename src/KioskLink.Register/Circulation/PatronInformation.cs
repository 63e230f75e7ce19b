using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Outages;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Texts;
using NodaTime;
using LibraryService = KioskLink.Register.Outages.LibraryService;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Circulation;

/// <summary>
/// A patron as a machine may see it (R31): booking of computers hears yes or no and a reason; a checkout machine the name;
/// counts, fees and what is on loan or held only after a right PIN (R22); address and date of birth nobody hears. Thread-safe.
/// </summary>
internal sealed class PatronInformation(RegisterCore core, AttemptMemory attempts, OutageBook outages, BorrowerDesk borrowers, SessionProofs proofs)
{
    private const string AttemptPrefix = "info/";

    /// <summary>Answers a machine or staff.</summary>
    public async Task<GetPatronInformationResponse> OfAsync(GetPatronInformationRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var borrower = Check(request, caller);
        var branch = ActBranch.Of(core, caller, request.BranchId);
        context.Audit().Fields(ActDesk.FieldsClass).About(borrowers.SubjectsOf(borrower));
        DeviceFields.RequirePatron(caller.Role, request.DeviceRole);
        var isBooking = request.DeviceRole == DeviceRole.PcBooking;
        CallPurpose.Of(context, isBooking ? DeviceFields.PcBooking : "", core.Profile);
        if (caller.Role == CallerRole.Node)
        {
            // What is down are the services of patrons and machines: staff goes on by hand (R82).
            outages.Require(isBooking ? LibraryService.PcBooking : LibraryService.Checkout, branch.Length == 0 ? null : branch);
        }

        var source = new PinTry(caller.Name, request.DeviceId, request.AttemptId);
        var answer = await attempts.OnceAsync($"{AttemptPrefix}{caller.Name}", borrowers.AttemptOf(borrower, request.DeviceId, request.AttemptId), () => AnswerAsync(request, borrower, source, branch, caller));
        context.Audit().Judged(answer.CardCode);
        return answer;
    }

    private async ValueTask<Answer<GetPatronInformationResponse>> AnswerAsync(
        GetPatronInformationRequest request, Borrower borrower, PinTry source, string branch, CallerIdentity caller)
    {
        var presented = await borrowers.FindAsync(borrower, mustProve: false, source, branch).ConfigureAwait(false);
        await CardUse.NoteAsync(core, presented.Card, presented.Pin).ConfigureAwait(false);
        using var db = core.Store.Read();
        var response = new GetPatronInformationResponse
        {
            Known = presented.PatronId is not null,
            PinResult = (Wire.PinResult)(presented.Pin ?? 0),
            CardCode = (Wire.DecisionCode)presented.Code,
            Source = Wire.Source.Register,
            FactsVersion = core.Log.Head.Version,
            FactsAge = Duration.Zero.ToProto(),
        };
        var patron = presented is { IsAccepted: true, PatronId: { } id } ? db.Set<PatronRow>().SingleOrDefault(row => row.PatronId == id) : null;
        if (patron is not null)
        {
            Tell(db, request, presented, patron, branch, caller, source, response);
        }

        var isProven = presented.Pin == PinResult.Right || caller.Role != CallerRole.Node;
        var text = LoanTexts.ForCard((DecisionCode)response.CardCode, presented.Pin, Outcomes.LanguageOf(request.Language, isProven ? (Language)(patron?.Language ?? 0) : Language.Unknown));
        (response.MessageKey, response.Message) = (text.Key, text.Text);
        return Answer<GetPatronInformationResponse>.Of(response);
    }

    private void Tell(
        RegisterDb db, GetPatronInformationRequest request, Presented presented, PatronRow patron, string branch, CallerIdentity caller, PinTry source, GetPatronInformationResponse response)
    {
        var today = ((LocalDate?)OpeningCalendar.DateAt(core.Now())).ToIso();
        var isUseBanned = presented.Card is { } card && card.Facts.Bans.Any(ban => ban.Kind == BanKind.Use && ban.IsInForce(branch, core.Now()));
        response.CardCode = isUseBanned ? Wire.DecisionCode.UseBan : response.CardCode;
        if (request.DeviceRole == DeviceRole.PcBooking)
        {
            return;
        }

        var borrower = Standing.Of(db, patron, branch, today, core.Now());
        var view = new PatronView(db, core.Profile, patron, borrower, today);
        view.Fill(response);
        if (presented.Pin == PinResult.Right || caller.Role != CallerRole.Node)
        {
            view.FillLoans(response);
            response.Language = (Wire.Language)patron.Language;
            response.Entries.AddRange(view.List(request.List, request.First, request.Last));
        }

        if (presented is { Pin: PinResult.Right, Card: { } proven })
        {
            response.Proof = Google.Protobuf.ByteString.CopyFrom(proofs.Make(proven, source.Device, core.Now()));
        }
    }

    private static Borrower Check(GetPatronInformationRequest request, CallerIdentity caller)
    {
        var borrower = BorrowerDesk.Checked(request.Borrower, caller);
        Field.Required(request.AttemptId, "attempt_id", Field.IdMax);
        if (caller.Role == CallerRole.Node)
        {
            Field.Required(request.DeviceId, "device_id", Field.IdMax);
        }

        Field.Optional(request.DeviceId, "device_id", Field.IdMax);
        if (!Enum.IsDefined(request.List))
        {
            throw Field.Wrong("list", "is none of this version of KioskLink");
        }

        if (request.First < 0 || request.Last < 0)
        {
            throw Field.Wrong(request.First < 0 ? "first" : "last", "is negative: the first entry is 1, and 0 means all");
        }

        return borrower;
    }
}
