using KioskLink.Protos.Register.V1;
using KioskLink.Register.Bans;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Contacts;
using KioskLink.Register.Facts;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.OwnData;

/// <summary>What a patron sees of the own data (R32): no note about the patron, and of others no more than their names. Thread-safe.</summary>
internal sealed class MyDataView(RegisterCore core, PatronWriter patrons)
{
    private const int MessagesMax = 20;

    /// <summary>The data of a session's patron.</summary>
    public MyData Of(RegisterDb db, OwnSession session)
    {
        var row = db.Set<PatronRow>().Single(patron => patron.PatronId == session.PatronId);
        var data = Core(row);
        data.Contact = db.Set<ContactRow>().SingleOrDefault(contact => contact.PatronId == row.PatronId)?.Show();
        data.Notices = new NoticePreferences();
        data.Notices.Preferences.AddRange(NoticeChannels.Kinds.Select(kind =>
            new NoticePreference { Kind = kind, Channel = NoticeChannels.Of(db, row.PatronId, kind) }));
        data.Consents.AddRange(ConsentLedger.Standings(db, row.PatronId));
        data.AcceptedTermsVersion = data.Consents.Where(one => one is { Kind: ConsentKind.Terms, State: ConsentState.Given }).Select(one => one.TextVersion).SingleOrDefault("");
        data.Responsible.AddRange((ResponsiblePages.Of(db, row)?.Persons ?? []).Select(person =>
            new ResponsiblePerson { Role = person.Role, Surname = person.Surname, FirstNames = person.FirstNames }));
        data.Cards.AddRange(db.Set<CardRow>().Where(card => card.PatronId == row.PatronId).OrderBy(card => card.CardId).AsEnumerable()
            .Select(card => Card(card, session)));
        data.Bans.AddRange(Bans(db, row));
        data.Messages.AddRange(Messages(db, row.PatronId));
        return data;
    }

    private IEnumerable<MyBan> Bans(RegisterDb db, PatronRow patron)
    {
        var now = core.Now().ToUnixTimeMilliseconds();
        return db.Set<BanRow>()
            .Where(ban => ban.PatronId == patron.PatronId && ban.LiftedAt == null && (ban.EndAt == null || ban.EndAt > now))
            .OrderByDescending(ban => ban.CreatedAt)
            .AsEnumerable()
            .Select(ban => new MyBan
            {
                Kind = (Wire.BanKind)ban.Kind,
                BranchIds = { ban.BranchIds.Split('\n', StringSplitOptions.RemoveEmptyEntries) },
                StartTime = Instant.FromUnixTimeMilliseconds(ban.StartAt).ToProto(),
                EndTime = ban.EndAt.ToTimestamp(),
                ReasonCode = ban.ReasonCode,
                Reason = BanReasons.Text(core.Profile.Bans, ban.ReasonCode, (Language)patron.Language),
            });
    }

    private static IEnumerable<MyMessage> Messages(RegisterDb db, long patronId) => db.Set<PatronMessageRow>()
        .Where(message => message.PatronId == patronId && message.Direction == (int)MessageDirection.ToPatron)
        .OrderByDescending(message => message.MessageId)
        .Take(MessagesMax)
        .AsEnumerable()
        .Select(message => new MyMessage { Body = message.Body, CreateTime = Instant.FromUnixTimeMilliseconds(message.CreatedAt).ToProto() });

    private MyCard Card(CardRow row, OwnSession session) => new()
    {
        CardNumber = core.Store.Vault.OpenCardNumber(row.SealedNumber),
        ExpiresOn = row.ExpiresOn,
        Lost = row.Lost,
        LastUsedTime = row.LastUsedAt.ToTimestamp(),
        Current = row.CardId == session.CardId,
    };

    private MyData Core(PatronRow row) => new()
    {
        CustomerId = row.CustomerId,
        Surname = row.Surname,
        FirstNames = row.FirstNames,
        DateOfBirth = row.DateOfBirth,
        IdentityCode = patrons.Masked(row),
        Language = (Wire.Language)row.Language,
        Group = row.PatronGroup,
        HomeBranch = core.Profile.PatronFields.HomeUnit ? row.HomeBranch : "",
        TermsAcceptedOn = row.TermsAcceptedOn,
        TermsVersion = core.Profile.PatronFields.TermsVersion,
        RegisteredOn = row.RegisteredOn,
        ValidFrom = row.ValidFrom,
        ValidTo = row.ValidTo,
        FeesCents = row.FeesCents,
        Restricted = row.Restricted,
        UpdateTime = Instant.FromUnixTimeMilliseconds(row.UpdatedAt).ToProto(),
        LoanHistoryOffered = ConsentRules.MayKeepHistory(core.Profile, row.PatronGroup),
    };
}
