using System.Text.RegularExpressions;
using KioskLink.Register.Cards;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Rules.Identity;

namespace KioskLink.Register.Rights;

/// <summary>
/// The reason of an erasure outlives the person as evidence (R75): so it may hold no name, number or identity code of the person.
/// Thread-safe.
/// </summary>
internal sealed partial class ErasureGround(Vault vault)
{
    // Shorter names are words of every sentence.
    private const int NameMin = 3;

    /// <summary>Refuses a reason that tells who the person was.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT.</exception>
    public void Require(RegisterDb db, PatronRow patron, string ground)
    {
        var cards = db.Set<CardRow>().Where(card => card.PatronId == patron.PatronId).Select(card => card.SealedNumber).ToList();
        if (Names(ground, patron) || cards.Exists(card => HasNumber(ground, vault.OpenCardNumber(card))))
        {
            throw Telling();
        }
    }

    /// <summary>The same of a person who is no patron, and has no number.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT.</exception>
    public static void Require(ResponsiblePersonRow person, string ground)
    {
        if (Names(ground, $"{person.Surname} {person.FirstNames}", []))
        {
            throw Telling();
        }
    }

    /// <summary>Whether a reason holds an identity code of anybody, or a word by which this patron is known.</summary>
    public static bool Names(string ground, PatronRow patron) => Names(ground, $"{patron.Surname} {patron.FirstNames}", [patron.CustomerId]);

    private static bool Names(string ground, string name, IEnumerable<string> numbers)
    {
        var words = Words().Matches(ground).Select(word => word.Value).ToList();
        var telling = Words().Matches(name).Select(word => word.Value).Where(word => word.Length >= NameMin).Concat(numbers);
        return words.Exists(word => IdentityCode.TryParse(word, out _)) || words.Intersect(telling, StringComparer.OrdinalIgnoreCase).Any();
    }

    private static Grpc.Core.RpcException Telling() =>
        Field.Wrong("reason", "tells who the person is: write it without name, number and identity code, since it is kept");

    // Numbers are written in groups as well as at a stretch.
    private static bool HasNumber(string ground, string number) => string.Concat(ground.Where(char.IsLetterOrDigit)).Contains(number, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"[\p{L}\p{N}+-]+")]
    private static partial Regex Words();
}
