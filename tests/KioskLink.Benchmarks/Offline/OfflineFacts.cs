using System.Text;
using Google.Protobuf;
using KioskLink.Benchmarks.Entry;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace KioskLink.Benchmarks.Offline;

/// <summary>What a register would have sent a node: the demo's branch, and cards of the <see cref="Crowd"/>.</summary>
internal static class OfflineFacts
{
    /// <summary>The consortium.</summary>
    public const string Consortium = DemoBranch.Profile;

    /// <summary>The node's key: its secrecy is of no matter here.</summary>
    public static byte[] NodeKey { get; } = new byte[NodeKeys.NodeKeyLength];

    private static NodeKeys Keys { get; } = NodeKeys.Derive(NodeKey);

    /// <summary>Names the key from which tokens and proofs derive.</summary>
    public static ByteString KeyId => ByteString.CopyFrom(Keys.KeyId);

    /// <summary>The branch.</summary>
    public static EntityState Branch(bool pinRequired)
    {
        var branch = DemoBranch.Describe();
        branch.PinRequired = pinRequired;
        var facts = new BranchFacts
        {
            Branch = branch,
            Consortium = Consortium,
            CardFormats = { new Protos.Types.V1.CardFormat { Pattern = "^2[0-9]{13}$", Check = "library-mod10" } },
            PinMinLength = 4,
            PinMaxLength = 8,
            Groups = { new GroupRule { Group = "adult", Access = GroupAccess.Allow } },
            OfflineGuesses = 3,
            HoursMaxAge = Duration.FromTimeSpan(TimeSpan.FromDays(14)),
            JournalIdentifiableFor = Duration.FromTimeSpan(TimeSpan.FromDays(14)),
            Languages = { Language.Fi },
        };
        return new EntityState { Entity = ByteString.CopyFromUtf8(branch.Id), Version = 1, Branch = facts };
    }

    /// <summary>The cards of the crowd. One salt and so one slow hash serves them all: a node cannot tell.</summary>
    public static IEnumerable<EntityState> Cards(int count)
    {
        var salt = new byte[PinHashes.SaltLength];
        var verifier = PinHashes.Best.Hash(Encoding.ASCII.GetBytes(Crowd.Pin), salt);
        return Enumerable.Range(0, count).Select(number => Card(CardToken.Of(Keys.KCard, Consortium, Crowd.Card(number)), salt, verifier));
    }

    private static EntityState Card(byte[] token, byte[] salt, byte[] verifier)
    {
        var card = new Entitlement
        {
            Token = ByteString.CopyFrom(token),
            Pin = new PinProof
            {
                Algorithm = PinHashes.Best.Algorithm,
                Salt = ByteString.CopyFrom(salt),
                Proof = ByteString.CopyFrom(PinProofs.Of(Keys.KPin, token, salt, verifier)),
            },
            Group = "adult",
            TermsAccepted = true,
            Language = Language.Fi,
        };
        return new EntityState { Entity = card.Token, Version = 1, Entitlement = card };
    }
}
