using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Tests.Running;
using static KioskLink.Register.Tests.BadInput.BadCall;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.BadInput;

/// <summary>Impossible values for the calls about patrons, cards, bans, doors and branches.</summary>
internal static class BadCallTable
{
    /// <summary>A customer id that only another consortium has.</summary>
    public const string Elsewhere = "other-consortium-1";

    /// <summary>No date of any calendar.</summary>
    public const string NoDate = "2026-02-30";

    /// <summary>An identity code whose check character is another.</summary>
    public const string NoCode = "010594Y9033";

    private const string TooLong = "12345678901234567890123456789012345678901234567890123456789012345";

    private static readonly Timestamp NoTime = new() { Seconds = long.MaxValue };

    private static Timestamp Past => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(-2));

    private static Timestamp InYears => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(3000));

    /// <summary>The rows of these rooms.</summary>
    public static IEnumerable<BadCall> Rows() => [.. Patrons(), .. Cards(), .. Bans(), .. Doors(), .. Branches(), .. Consents(), .. Notes(), .. Loans()];

    private static IEnumerable<BadCall> Patrons() =>
    [
        Wrong("PatronService/UpsertPatron", new UpsertPatronRequest(), "patron"),
        Wrong("PatronService/UpsertPatron", Patron(patron => patron.DateOfBirth = NoDate), "date_of_birth"),
        Wrong("PatronService/UpsertPatron", Patron(patron => patron.DateOfBirth = "2999-01-01"), "date_of_birth"),
        Wrong("PatronService/UpsertPatron", Patron(patron => patron.IdentityCode = NoCode), "identity_code"),
        Wrong("PatronService/UpsertPatron", Patron(patron => (patron.ValidFrom, patron.ValidTo) = ("2026-02-01", "2026-01-01")), "valid_to"),
        Wrong("PatronService/UpsertPatron", Patron(patron => patron.ResponsibleCustomerId = Elsewhere), "responsible_customer_id"),
        Wrong("PatronService/GetPatron", new GetPatronRequest(), "key"),
        Wrong("PatronService/GetPatron", new GetPatronRequest { CustomerId = "c1", Purpose = "curiosity" }, "purpose"),
        Missing("PatronService/GetPatron", new GetPatronRequest { CustomerId = Elsewhere }, "patron"),
        Wrong("PatronService/SearchPatrons", new SearchPatronsRequest { DateOfBirth = NoDate }, "date_of_birth"),
        Wrong("PatronService/SearchPatrons", new SearchPatronsRequest { CardNumber = "12345" }, "card_number"),
        Wrong("PatronService/SearchPatrons", new SearchPatronsRequest { NamePrefix = "a", PageSize = -1 }, "page_size"),
        Wrong("PatronService/FindResponsiblePersons", new FindResponsiblePersonsRequest(), "key"),
        Wrong("PatronService/FindResponsiblePersons", new FindResponsiblePersonsRequest { PersonId = "x" }, "person_id"),
        Wrong("PermissionService/SetPermission", new SetPermissionRequest { CustomerId = "c1", TermsAcceptedOn = NoDate }, "terms_accepted_on"),
        Wrong("PermissionService/SetPermission", new SetPermissionRequest { CustomerId = "c1", RegisteredOn = "2999-01-01" }, "registered_on"),
        Missing("PermissionService/SetPermission", new SetPermissionRequest { CustomerId = Elsewhere, TermsAcceptedOn = "2026-01-01" }, "patron"),
        Missing("PermissionService/GetPermission", new GetPermissionRequest { CustomerId = Elsewhere }, "patron"),
        Wrong("PermissionService/UpsertBadge", new UpsertBadgeRequest(), "badge"),
        Wrong("PermissionService/ListBadges", new ListBadgesRequest { PageSize = -1 }, "page_size"),
    ];

    private static IEnumerable<BadCall> Cards() =>
    [
        Wrong("CardService/IssueCard", new IssueCardRequest { CustomerId = "c1", Card = new Card { CardNumber = "12345" } }, "card.card_number"),
        Wrong("CardService/IssueCard", new IssueCardRequest { CustomerId = "c1", Card = new Card { CardNumber = Library.Card(9), ExpiresOn = NoDate } }, "card.expires_on"),
        Missing("CardService/IssueCard", new IssueCardRequest { CustomerId = Elsewhere, Card = new Card { CardNumber = Library.Card(9) } }, "patron"),
        Wrong("CardService/ReportCardLost", new ReportCardLostRequest(), "card_number"),
        Wrong("CardService/SetPin", new SetPinRequest { CardNumber = Library.Card(1), Pin = ByteString.CopyFromUtf8("12"), AttemptId = "bad-1", DeviceId = "desk" }, "pin"),
        Wrong("CardService/LockPin", new LockPinRequest { CardNumber = Library.Card(1) }, "reason"),
    ];

    private static IEnumerable<BadCall> Bans() =>
    [
        Wrong("BanService/AddBan", new AddBanRequest(), "ban"),
        Wrong("BanService/AddBan", Ban(ban => ban.Kind = (Wire.BanKind)77), "ban.kind"),
        Wrong("BanService/AddBan", Ban(ban => ban.ReasonCode = ""), "ban.reason_code"),
        Wrong("BanService/AddBan", Ban(ban => ban.ReasonCode = "weather"), "ban.reason_code"),
        Wrong("BanService/AddBan", Ban(ban => ban.ReasonCode = "letting-others-in"), "ban.reason_code"),
        Wrong("BanService/AddBan", Ban(ban => ban.EndTime = Past), "ban.end_time"),
        Wrong("BanService/AddBan", Ban(ban => ban.EndTime = NoTime), "ban.end_time"),
        Wrong("BanService/AddBan", Ban(ban => (ban.Kind, ban.EndTime) = (Wire.BanKind.SelfService, InYears)), "ban.end_time"),
        Wrong("BanService/AddBan", Ban(ban => ban.BranchIds.Add("nowhere")), "ban.branch_ids"),
        Missing("BanService/AddBan", Ban(ban => ban.CustomerId = Elsewhere), "patron"),
        // There is one already.
        Wrong("BanService/AddBan", Ban(ban => ban.Kind = Wire.BanKind.SelfService), "ban.start_time"),
        Wrong("BanService/LiftBan", new LiftBanRequest { BanId = "b" }, "reason"),
        Missing("BanService/LiftBan", new LiftBanRequest { BanId = "nothing", Reason = "over" }, "ban"),
        Wrong("BanService/ListBans", new ListBansRequest { PageSize = -1 }, "page_size"),
        Wrong("BanService/ListBans", new ListBansRequest { PageToken = "?" }, "page_token"),
        Missing("BanService/GetReach", new GetReachRequest { BanId = "nothing" }, "ban"),
        Wrong("BanService/CheckEnforcement", new CheckEnforcementRequest(), "branch_id"),
        Missing("BanService/CheckEnforcement", new CheckEnforcementRequest { BranchId = "nowhere" }, "branch"),
    ];

    private static IEnumerable<BadCall> Doors() =>
    [
        Wrong("AccessService/AuthorizeEntry", new AuthorizeEntryRequest { DoorId = "front", CardNumber = Library.Card(1) }, "attempt_id", BadCaller.Node),
        Wrong("AccessService/VerifyCredentials", new VerifyCredentialsRequest { CardNumber = Library.Card(1) }, "attempt_id"),
        Wrong("AccessService/ExplainAccess", new ExplainAccessRequest { BranchId = Library.Branch, DoorId = "front" }, "subject"),
        Wrong("AccessService/ExplainAccess", new ExplainAccessRequest { BranchId = Library.Branch, DoorId = "front", CustomerId = "c1", At = NoTime }, "at"),
        Wrong("AccessService/ListAttempts", new ListAttemptsRequest { PageSize = -1 }, "page_size"),
    ];

    private static IEnumerable<BadCall> Branches() =>
    [
        Wrong("BranchService/ApplyBranch", new ApplyBranchRequest(), "branch"),
        Wrong("BranchService/ApplyBranch", new ApplyBranchRequest { Branch = new Wire.Branch { Id = "FI-New", Name = "New", MaxFeesCents = -1, Doors = { new Wire.Door { Id = "d", Name = "d" } } } }, "branch.max_fees_cents"),
        Wrong("BranchService/ApplyBranch", new ApplyBranchRequest { Branch = new Wire.Branch { Id = "FI-New", Name = "New", ExtendedUnlock = double.NaN, Doors = { new Wire.Door { Id = "d", Name = "d" } } } }, "branch.extended_unlock"),
        Missing("BranchService/GetBranch", new GetBranchRequest { BranchId = "nowhere" }, "branch"),
        Wrong("BranchService/ListBranches", new ListBranchesRequest { PageSize = -1 }, "page_size"),
        Wrong("BranchService/SuspendBranch", new SuspendBranchRequest(), "suspension"),
        Missing("BranchService/ResumeBranch", new ResumeBranchRequest { SuspensionId = "nothing", Reason = "over" }, "suspension"),
        Wrong("BranchService/ListSuspensions", new ListSuspensionsRequest { PageToken = "?" }, "page_token"),
        new("BranchService/CommandDoor", new CommandDoorRequest { BranchId = Library.Branch, DoorId = "front", Command = DoorCommand.Open }, StatusCode.InvalidArgument, "reason"),
        Missing("OpeningHoursService/SetOpeningHours", new SetOpeningHoursRequest { BranchId = "nowhere", Hours = new Wire.OpeningHours() }, "branch"),
        Missing("OpeningHoursService/GetOpeningHours", new GetOpeningHoursRequest { BranchId = "nowhere" }, "branch"),
        Wrong("OpeningHoursService/GetOpeningHours", new GetOpeningHoursRequest { BranchId = Library.Branch, At = NoTime }, "at"),
        Wrong("OutageService/AddOutage", new AddOutageRequest(), "outage"),
        Wrong("OutageService/AddOutage", new AddOutageRequest { Outage = new Outage { Kind = (OutageKind)77, Scope = OutageScope.System, Reason = "x", Services = { LibraryService.OwnData } } }, "outage.kind"),
        Missing("OutageService/ChangeOutage", new ChangeOutageRequest { OutageId = "nothing" }, "outage"),
        Missing("OutageService/EndOutage", new EndOutageRequest { OutageId = "nothing" }, "outage"),
        Wrong("OutageService/ListOutages", new ListOutagesRequest { PageSize = -1 }, "page_size"),
        Missing("OutageService/GetServiceStatus", new GetServiceStatusRequest { BranchId = "nowhere" }, "branch"),
    ];

    private static IEnumerable<BadCall> Consents() =>
    [
        Wrong("ConsentService/RecordConsent", new RecordConsentRequest(), "consent"),
        Wrong("ConsentService/RecordConsent", new RecordConsentRequest { Consent = new Consent { CustomerId = "c1", Kind = (ConsentKind)77, Act = ConsentAct.Given } }, "consent.kind"),
        Wrong("ConsentService/ListConsents", new ListConsentsRequest { CustomerId = "c1", PageSize = -1 }, "page_size"),
        Missing("ConsentService/ListConsents", new ListConsentsRequest { CustomerId = Elsewhere }, "patron"),
    ];

    private static IEnumerable<BadCall> Notes() =>
    [
        Wrong("PatronNoteService/AddMessage", new AddMessageRequest { CustomerId = "c1" }, "message"),
        Wrong("PatronNoteService/ListMessages", new ListMessagesRequest { CustomerId = "c1", PageSize = -1 }, "page_size"),
        Missing("PatronNoteService/ListMessages", new ListMessagesRequest { CustomerId = Elsewhere }, "patron"),
        Wrong("PatronNoteService/RemoveMessage", new RemoveMessageRequest { CustomerId = "c1", MessageId = "x", Reason = "old" }, "message_id"),
        Wrong("PatronNoteService/RemoveMessage", new RemoveMessageRequest { CustomerId = "c1", MessageId = "1" }, "reason"),
        Wrong("PatronNoteService/AddNote", new AddNoteRequest { CustomerId = "c1" }, "note"),
        Wrong("PatronNoteService/SettleNote", new SettleNoteRequest { CustomerId = "c1", NoteId = "x" }, "note_id"),
        Missing("PatronNoteService/ListNotes", new ListNotesRequest { CustomerId = Elsewhere }, "patron"),
        Wrong("PatronNoticeService/RenderPatronNotice", new RenderPatronNoticeRequest(), "notice"),
        Wrong("PatronNoticeService/SendPatronNotice", new SendPatronNoticeRequest { NoticeId = "with blank" }, "notice_id"),
        Missing("PatronNoticeService/ListPatronNotices", new ListPatronNoticesRequest { CustomerId = Elsewhere }, "patron"),
    ];

    private static IEnumerable<BadCall> Loans() =>
    [
        Missing("LoanService/GetLoanStatus", new GetLoanStatusRequest { CustomerId = Elsewhere }, "patron"),
        Wrong("LoanService/GetLoanStatus", new GetLoanStatusRequest { CardNumber = Library.Card(1) }, "attempt_id", BadCaller.Node),
        Missing("LoanService/ListLoans", new ListLoansRequest { CustomerId = Elsewhere }, "patron"),
        Wrong("LoanService/GetPatronInformation", new GetPatronInformationRequest { Borrower = new Borrower { CustomerId = "c1" }, AttemptId = "a", First = -1 }, "first"),
        Wrong("LoanService/GetPatronInformation", new GetPatronInformationRequest { Borrower = Card, DeviceId = "m" }, "attempt_id", BadCaller.Node),
        Missing("LoanService/GetPatronInformation", new GetPatronInformationRequest { Borrower = new Borrower { CustomerId = Elsewhere }, AttemptId = "a" }, "patron"),
        Wrong("LoanService/CheckOut", new CheckOutRequest { Act = Act(), ItemId = "i1" }, "borrower"),
        Wrong("LoanService/CheckOut", new CheckOutRequest { Act = Act(), ItemId = "i1", Borrower = new Borrower { CustomerId = "c1", CardNumber = "1" } }, "card_number"),
        Wrong("LoanService/CheckOut", new CheckOutRequest { Act = Act(), ItemId = "i1", Borrower = Card, PromisedDueOn = "2026-12-01" }, "promised_due_on"),
        Wrong("LoanService/CheckOut", new CheckOutRequest { ItemId = "i1", Borrower = Card }, "act", BadCaller.Node),
        Wrong("LoanService/CheckOut", new CheckOutRequest { Act = new Act { DeviceId = "m" }, ItemId = "i1", Borrower = Card }, "transaction_id", BadCaller.Node),
        Wrong("LoanService/CheckOut", new CheckOutRequest { Act = new Act { TransactionId = "t" }, ItemId = "i1", Borrower = Card }, "device_id", BadCaller.Node),
        Wrong("LoanService/CheckIn", new CheckInRequest { Act = Act() }, "item_id"),
        Wrong("LoanService/CheckIn", new CheckInRequest { Act = Act(), ItemId = "i1" }, "device_role", BadCaller.Node),
        Wrong("LoanService/CheckIn", new CheckInRequest { Act = Act(act => act.HappenedTime = NoTime), ItemId = "i1" }, "happened_time"),
        Wrong("LoanService/CheckIn", new CheckInRequest { Act = Act(act => act.BranchId = "nowhere"), ItemId = "i1" }, "branch_id"),
        Wrong("LoanService/Renew", new RenewRequest { Act = Act(), Borrower = Card }, "title_id"),
        Wrong("LoanService/RenewAll", new RenewAllRequest { Act = Act() }, "borrower"),
        Wrong("LoanService/PlaceHold", new PlaceHoldRequest { Act = Act(), Borrower = Card, ItemId = "i1" }, "action"),
        Wrong("LoanService/PlaceHold", new PlaceHoldRequest { Act = Act(), Borrower = Card, ItemId = "i1", Action = HoldAction.Place, ExpiresOn = "2020-01-01" }, "expires_on"),
        Wrong("LoanService/PayFee", new PayFeeRequest { Act = Act(), Borrower = Card, Cents = 1, Currency = "SEK" }, "currency"),
        Wrong("LoanService/PayFee", new PayFeeRequest { Act = Act(), Borrower = Card, Cents = 1, Method = "barter" }, "method"),
        Wrong("LoanService/WithdrawAct", new WithdrawActRequest(), "act"),
        Wrong("LoanService/WithdrawAct", new WithdrawActRequest { Act = Act(), ItemId = TooLong }, "item_id"),
        Wrong("LoanService/WithdrawAct", new WithdrawActRequest { Act = Act() }, "device_role", BadCaller.Node),
        Wrong("LoanService/GetItem", new GetItemRequest(), "item_id"),
        Missing("LoanService/GetItem", new GetItemRequest { ItemId = Elsewhere }, "item"),
        Wrong("LoanService/ListLoanConflicts", new ListLoanConflictsRequest { PageToken = "elsewhere" }, "page_token"),
        Wrong("LoanService/SettleLoanConflict", new SettleLoanConflictRequest { Id = "x" }, "note"),
        Missing("LoanService/SettleLoanConflict", new SettleLoanConflictRequest { Id = "x", Note = "looked at" }, "conflict"),
        Wrong("LoanService/ImportLoans", new ImportLoansRequest { Adapter = "another-register" }, "adapter"),
        new("NodeService/CreateEnrollment", new CreateEnrollmentRequest { BranchId = Library.Branch, NodeId = TooLong }, StatusCode.InvalidArgument, "node_id"),
        new("NodeService/CreateEnrollment", new CreateEnrollmentRequest { BranchId = "nowhere", NodeId = "n" }, StatusCode.NotFound, "no branch"),
        new("NodeService/EnrollNode", new EnrollNodeRequest(), StatusCode.InvalidArgument, "node_key", BadCaller.Nobody),
        // A young certificate is not renewed, whatever is asked for.
        new("NodeService/RenewCertificate", new RenewCertificateRequest { CertificateRequest = ByteString.CopyFromUtf8("none") }, StatusCode.FailedPrecondition, "younger", BadCaller.Node),
        Wrong("NodeService/ListNodes", new ListNodesRequest { PageSize = -1 }, "page_size"),
        Wrong("NodeService/ReportStatus", new ReportStatusRequest { Entitlements = -1 }, "entitlements", BadCaller.Node),
        Wrong("NodeService/DiagnoseNode", new DiagnoseNodeRequest { NodeId = "front" }, "reason"),
        new("NodeService/DiagnoseNode", new DiagnoseNodeRequest { NodeId = "nothing", Reason = "a look" }, StatusCode.NotFound, "no node"),
        Wrong("NodeService/WorkOnDevice", new WorkOnDeviceRequest { NodeId = "front", Act = Trace(10) }, "reason"),
        Wrong("NodeService/WorkOnDevice", new WorkOnDeviceRequest { NodeId = "front", Reason = "a look" }, "act.kind"),
        Wrong("NodeService/WorkOnDevice", new WorkOnDeviceRequest { NodeId = "front", Reason = "a look", Act = Trace(0) }, "act.frames"),
        Wrong("NodeService/WorkOnDevice", new WorkOnDeviceRequest { NodeId = "front", Reason = "a look", Act = new Wire.DeviceAct { Kind = Wire.DeviceActKind.TestLock, Subject = "front" } }, "act.door_may_open"),
        new("NodeService/WorkOnDevice", new WorkOnDeviceRequest { NodeId = "nothing", Reason = "a look", Act = Trace(10) }, StatusCode.NotFound, "no node"),
        Wrong("NodeService/RevokeNode", new RevokeNodeRequest { NodeId = "front" }, "reason"),
        new("NodeService/RevokeNode", new RevokeNodeRequest { NodeId = "nothing", Reason = "stolen" }, StatusCode.NotFound, "no node"),
    ];

    private static Borrower Card => new() { CardNumber = Library.Card(1) };

    private static Act Act(Action<Act>? change = null)
    {
        var act = new Act { TransactionId = "t", DeviceId = "m" };
        change?.Invoke(act);
        return act;
    }

    private static Wire.DeviceAct Trace(int frames) => new() { Kind = Wire.DeviceActKind.WatchTrace, Subject = "bus0", Frames = frames };

    private static UpsertPatronRequest Patron(Action<Patron> change)
    {
        var patron = new Patron { CustomerId = "c9", Surname = "Testi", FirstNames = "Aino", DateOfBirth = "1990-01-01", Group = "adult" };
        change(patron);
        return new UpsertPatronRequest { Patron = patron };
    }

    private static AddBanRequest Ban(Action<Ban> change)
    {
        var ban = new Ban { CustomerId = "c1", Kind = Wire.BanKind.Loan, ReasonCode = "damage" };
        change(ban);
        return new AddBanRequest { Ban = ban };
    }
}
