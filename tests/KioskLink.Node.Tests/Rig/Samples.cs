using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Node.Enrolment;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;

namespace KioskLink.Node.Tests.Rig;

/// <summary>A branch that is open by self-service all day, and cards for it.</summary>
internal static class Samples
{
    public const string KnownCard = "20000000000017";
    public const string Badge = "20000000000033";
    public const string UnknownCard = "20000000000025";
    public const string Pin = "8317";
    public const string WrongPin = "5550";
    public const string Door = "front";

    public static byte[] NodeKey { get; } = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    public static NodeKeys Keys { get; } = NodeKeys.Derive(NodeKey);

    /// <summary>The keys of a node that has its node key.</summary>
    public static NodeSecrets Secrets()
    {
        var secrets = new NodeSecrets();
        secrets.UseNodeKey(NodeKey);
        return secrets;
    }

    public static BranchFacts Branch(TimeSpan? patience = null, OfflinePolicy offline = OfflinePolicy.Cached, int offlineGuesses = 3)
    {
        var branch = new Branch
        {
            Id = TestAuthority.Branch,
            Hours = AllDay(),
            OfflinePolicy = offline,
            OfflineMaxAge = Duration.FromTimeSpan(TimeSpan.FromDays(7)),
            ReplicaScope = ReplicaScope.Visited,
            VisitedFor = Duration.FromTimeSpan(TimeSpan.FromDays(60)),
            UnlockFor = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)),
            RegisterPatience = Duration.FromTimeSpan(patience ?? TimeSpan.FromMilliseconds(50)),
            MinimumAge = 15,
            PinRequired = true,
            TermsRequired = true,
            RegistrationRequired = false,
            LoanBanBlocksDoor = false,
            MaxFeesCents = 0,
            Doors = { new Door { Id = Door, Name = "Front" } },
        };
        return new BranchFacts
        {
            Branch = branch,
            Consortium = TestAuthority.Consortium,
            CardFormats = { new Protos.Types.V1.CardFormat { Pattern = "2[0-9]{13}", Check = "none" } },
            PinMinLength = 4,
            PinMaxLength = 4,
            Groups = { new GroupRule { Group = "adult", Access = GroupAccess.Allow } },
            OfflineGuesses = offlineGuesses,
            HoursMaxAge = Duration.FromTimeSpan(TimeSpan.FromDays(14)),
            JournalIdentifiableFor = Duration.FromTimeSpan(TimeSpan.FromDays(14)),
            Languages = { Language.Fi },
        };
    }

    public static byte[] TokenOf(string card) => CardToken.Of(Keys.KCard, TestAuthority.Consortium, card);

    public static Entitlement Adult(string card = KnownCard, NodeKeys? keys = null)
    {
        keys ??= Keys;
        var token = CardToken.Of(keys.KCard, TestAuthority.Consortium, card);
        var salt = new byte[PinHashes.SaltLength];
        var verifier = PinHashes.Best.Hash(System.Text.Encoding.ASCII.GetBytes(Pin), salt);
        return new Entitlement
        {
            Token = ByteString.CopyFrom(token),
            Pin = new PinProof
            {
                Algorithm = PinHashes.Best.Algorithm,
                Salt = ByteString.CopyFrom(salt),
                Proof = ByteString.CopyFrom(PinProofs.Of(keys.KPin, token, salt, verifier)),
            },
            Group = "adult",
            TermsAccepted = true,
            Language = Language.Fi,
        };
    }

    public static EntityState State(BranchFacts branch, long version = 1) =>
        new() { Entity = ByteString.CopyFromUtf8(branch.Branch.Id), Version = version, Branch = branch };

    public static EntityState State(Entitlement card, long version = 1, bool priority = false) =>
        new() { Entity = card.Token, Version = version, Entitlement = card, Priority = priority };

    public static EntityState BadgeState(string number, NodeKeys? keys = null)
    {
        var token = ByteString.CopyFrom(CardToken.Of((keys ?? Keys).KBadge, TestAuthority.Consortium, number));
        return new EntityState { Entity = token, Version = 1, Badge = new Badge { Token = token, BadgeRef = "badge-1", Role = BadgeRole.Staff } };
    }

    public static EntityState Gone(string card, long version) =>
        new() { Entity = ByteString.CopyFrom(TokenOf(card)), Version = version, Tombstone = new Tombstone() };

    public static Position At(long version, string epoch = "e1") => new() { Epoch = epoch, Version = version };

    public static string Card(int number) => "2" + number.ToString("D13", CultureInfo.InvariantCulture);

    private static OpeningHours AllDay()
    {
        var hours = new OpeningHours();
        foreach (var day in System.Enum.GetValues<Weekday>().Where(day => day != Weekday.Unspecified))
            hours.Week.Add(new WeekdayHours { Weekday = day, Periods = { new Period { From = "00:00", To = "24:00", Kind = PeriodKind.SelfService } } });
        return hours;
    }
}
