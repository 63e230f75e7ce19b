using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using KioskLink.Demo.Script;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Scenarios;

/// <summary>What a thief of a branch's machine gets: a real node that knows a patron well enough to let the patron in alone, and not who it is.</summary>
public partial class NodeDataScenarios
{
    private static readonly string[] Secrets =
    [
        "Salanimi", "Sampo Testi", "1971-01-13", "130171", "Salakuja", "15100", "Salakyla", "Toinen katu", "+358409999999", "0459999998", "salainen@example.org",
        "secret-1", Sentinels.IdentityCode, Sentinels.KnownCard, Sentinels.LongPin,
    ];

    [Fact]
    public async Task R9_R44_A_node_that_lets_a_patron_in_alone_holds_no_name_address_identity_code_telephone_or_card_number()
    {
        await using var branch = await Branch.OpenAsync();
        var (patrons, cards) = (new PatronService.PatronServiceClient(branch.World.Register), new CardService.CardServiceClient(branch.World.Register));
        await patrons.UpsertPatronAsync(new UpsertPatronRequest { Patron = Somebody(Language.Fi) });
        await cards.IssueCardAsync(new IssueCardRequest
        {
            CustomerId = "secret-1",
            Card = new Card { CardNumber = Sentinels.KnownCard },
            Pin = ByteString.CopyFromUtf8(Sentinels.LongPin),
        });
        await branch.LetInAsync(Sentinels.KnownCard, Sentinels.LongPin);
        var changed = await patrons.UpsertPatronAsync(new UpsertPatronRequest { Patron = Somebody(Language.Sv) });
        await branch.WaitForReachAsync(changed.FactsVersion);
        await branch.Actions.NetworkAsync(NetworkAction.Cut);
        Assert.Equal(Source.Replica, (await branch.LetInAsync(Sentinels.KnownCard, Sentinels.LongPin)).Source);
        await branch.Actions.NetworkAsync(NetworkAction.Restore);
        await branch.Actions.SettledAsync();
        await branch.World.KillNodeAsync();

        var files = Directory.GetFiles(branch.World.Folder.NodeData, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file) is { LinkTarget: null, Length: > 0 }).ToDictionary(file => file, File.ReadAllBytes);
        Assert.Superset(new HashSet<string?> { "journal.db", "replica.db" }, files.Keys.Select(Path.GetFileName).ToHashSet());
        Assert.Empty(files.SelectMany(file => Found(file.Value).Select(secret => $"{file.Key}: {secret}")));
    }

    private static Patron Somebody(Language language) => new()
    {
        CustomerId = "secret-1",
        Surname = "Salanimi",
        FirstNames = "Sampo Testi",
        DateOfBirth = "1971-01-13",
        IdentityCode = Sentinels.IdentityCode,
        Language = language,
        Group = "adult",
        TermsAcceptedOn = "2026-01-15",
        Contact = new Contact
        {
            Address = new PostalAddress { Street = "Salakuja 1", PostalCode = "15100", City = "Salakyla" },
            Address2 = new PostalAddress { Street = "Toinen katu 2", PostalCode = "15100", City = "Salakyla" },
            Phones = { "+358409999999", "0459999998" },
            Email = "salainen@example.org",
        },
    };

    // Any identity code, not only the patron's own, and every secret as text and in the forms in which databases and programs write one.
    private static IEnumerable<string> Found(byte[] content)
    {
        var (text, wide) = (Encoding.Latin1.GetString(content), Encoding.Unicode.GetString(content));
        return Secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase) || wide.Contains(secret, StringComparison.OrdinalIgnoreCase))
            .Concat(Sentinels.In(content))
            .Concat(IdentityCodes().Matches(text).Select(match => match.Value));
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y](?![0-9A-Za-z])")]
    private static partial Regex IdentityCodes();
}
