using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Bans;
using KioskLink.Register.Branches;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Permissions;
using KioskLink.Register.Store;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Tests.Running;

/// <summary>A small library in a running register: a branch, patrons, a badge, visits and bans, written as the services write them.</summary>
internal static class Library
{
    public const string Branch = "FI-Lh-Renkomaki";
    public const string BadgeRef = "guard-1";

    public static string BadgeNumber { get; } = Card(999_999);

    /// <summary>The machine's time, by which a running register goes unless a test gives it another.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Card numbers of artificial patrons, valid under the library check.</summary>
    public static string Card(int number)
    {
        var body = $"2999900{number:D6}";
        return body + CheckDigit.Of(CheckAlgorithm.LibraryMod10, body);
    }

    public static Branch BranchLike(string id = Branch, Action<Branch>? change = null)
    {
        var branch = new Branch { Id = id, Name = id, OfflinePolicy = OfflinePolicy.Cached, Hours = new OpeningHours() };
        branch.Doors.Add(new Door { Id = "front", Name = "Front" });
        foreach (var day in System.Enum.GetValues<Weekday>().Where(day => day != Weekday.Unspecified))
        {
            var hours = new WeekdayHours { Weekday = day };
            hours.Periods.Add(new Period { From = "00:00", To = "24:00", Kind = PeriodKind.SelfService });
            branch.Hours.Week.Add(hours);
        }

        change?.Invoke(branch);
        return branch;
    }

    public static Task<Committed<bool>> ApplyBranchAsync(this RunningRegister register, Branch? branch = null) => register.Core.Lane.WriteAsync(scope =>
    {
        branch ??= BranchLike();
        var row = new BranchRow { Consortium = scope.Consortium, BranchId = branch.Id, Branch = JsonFormatter.Default.Format(branch) };
        var known = scope.Db.Set<BranchRow>().Any(before => before.Consortium == row.Consortium && before.BranchId == row.BranchId);
        scope.Db.Entry(row).State = known ? EntityState.Modified : EntityState.Added;
        scope.Touch(EntityId.Branch(branch.Id));
    });

    public static async Task<CardEntry> AddPatronAsync(this RunningRegister register, int number, string? pin = null, DateTimeOffset? visited = null, string branch = Branch)
    {
        var vault = register.Core.Store.Vault;
        var committed = await register.Core.Lane.WriteAsync(scope =>
        {
            var patron = new PatronRow
            {
                Consortium = scope.Consortium,
                CustomerId = $"c{number}",
                DateOfBirth = "1980-05-05",
                PatronGroup = "adult",
                TermsAcceptedOn = "2026-01-01",
            };
            scope.Db.Add(patron);
            scope.Db.SaveChanges();
            var card = new CardRow
            {
                Consortium = scope.Consortium,
                PatronId = patron.PatronId,
                NumberIndex = vault.CardIndex(Card(number)).ToBytes(),
                SealedNumber = vault.SealCardNumber(Card(number)),
            };
            scope.Db.Add(card);
            scope.Db.SaveChanges();
            if (pin is not null) scope.Db.Add(Pin(vault, patron.PatronId, card.CardId, scope.Consortium, pin));
            if (visited is { } at)
                scope.Db.Add(new VisitRow { CardId = card.CardId, BranchId = branch, Consortium = scope.Consortium, GrantedAt = at.ToUnixTimeMilliseconds() });
            scope.Touch(EntityId.Card(card.CardId));
            return card.CardId;
        });
        return register.Core.Index.Card(committed.Value)!;
    }

    public static Task<Committed<bool>> AddBadgeAsync(this RunningRegister register) => register.Core.Lane.WriteAsync(scope =>
    {
        var vault = register.Core.Store.Vault;
        scope.Db.Add(new BadgeRow
        {
            Consortium = scope.Consortium,
            BadgeRef = BadgeRef,
            NumberIndex = vault.CardIndex(BadgeNumber).ToBytes(),
            SealedNumber = vault.SealCardNumber(BadgeNumber),
            Badge = JsonFormatter.Default.Format(new Badge { BadgeRef = BadgeRef, Role = BadgeRole.Guard }),
        });
        scope.Touch(EntityId.Badge(BadgeRef));
    });

    public static Task<Committed<bool>> BanAsync(this RunningRegister register, CardEntry card) => register.Core.Lane.WriteAsync(scope =>
    {
        scope.Db.Add(new BanRow
        {
            BanId = Guid.NewGuid().ToString("N"),
            Consortium = scope.Consortium,
            PatronId = card.PatronId,
            Kind = (int)BanKind.SelfService,
            StartAt = scope.NowMs,
        });
        scope.Touch(EntityId.Card(card.CardId), priority: true);
    });

    /// <summary>Presents a card at the front door of the branch, as an administrator's tool may.</summary>
    public static async Task<Decision> EnterAsync(this RunningRegister register, string card, string pin) =>
        (await new Protos.Register.V1.AccessService.AccessServiceClient(register.Admin).AuthorizeEntryAsync(new AuthorizeEntryRequest
        {
            BranchId = Branch,
            DoorId = "front",
            CardNumber = card,
            Pin = ByteString.CopyFromUtf8(pin),
            AttemptId = Guid.NewGuid().ToString("N"),
            DeviceId = "tool",
        })).Decision;

    private static PinRow Pin(Vault vault, long patronId, long cardId, string consortium, string pin)
    {
        var salt = new byte[PinHashes.SaltLength];
        var hash = PinHashes.Best;
        var verifier = vault.Seal(hash.Hash(System.Text.Encoding.ASCII.GetBytes(pin), salt), patronId, hash.Algorithm, salt);
        return new PinRow
        {
            CardId = cardId,
            Consortium = consortium,
            Algorithm = hash.Algorithm,
            Salt = salt,
            Sealed = verifier.Sealed,
            KeyId = verifier.KeyId,
        };
    }
}
