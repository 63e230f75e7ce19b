using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Responsibles;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Access;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Rights;

/// <summary>
/// Gives out everything that is held of a person (R74): every store of the register and what the nodes hold, as JSON and as a page
/// for reading, marked secret. Thread-safe.
/// </summary>
internal sealed class SubjectExport(RegisterCore core, IEnumerable<ISubjectStore> stores, NodeHoldings nodes, Rectifications rectifications)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<ISubjectStore> _stores = [.. stores.OrderByDescending(store => store.Rank == int.MaxValue).ThenBy(store => store.Name, StringComparer.Ordinal)];

    /// <summary>What was gathered.</summary>
    /// <param name="IsHeld">Whether the register holds anything of the person.</param>
    /// <param name="Stores">What each store holds, the patron's own first.</param>
    /// <param name="Nodes">What the nodes hold.</param>
    /// <param name="At">When it was gathered.</param>
    internal sealed record Gathered(bool IsHeld, IReadOnlyList<(string Store, IReadOnlyList<SubjectPart> Parts)> Stores, IReadOnlyList<SubjectPart> Nodes, Instant At);

    /// <summary>Gathers what is held; asks the nodes that are connected.</summary>
    public async Task<Gathered> GatherAsync(PatronRow? patron, CancellationToken stop)
    {
        if (patron is null)
        {
            return new Gathered(false, [], [], core.Now());
        }

        await using var db = core.Store.Read();
        List<(string, IReadOnlyList<SubjectPart>)> held = [.. _stores.Select(store => (store.Name, (IReadOnlyList<SubjectPart>)[.. store.Export(db, patron)]))];
        return new Gathered(true, held, await nodes.OfAsync(patron, stop), core.Now());
    }

    /// <summary>Gathers what is held of a person who answers for patrons and is none (R16); no node knows such a person.</summary>
    public Gathered Gather(RegisterDb db, ResponsiblePersonRow person) => new(true, PersonHoldings.Of(db, person, rectifications), [], core.Now());

    /// <summary>The JSON for programs.</summary>
    public byte[] ToJson(Gathered gathered)
    {
        var document = new JsonObject
        {
            ["secrecy"] = RightsTexts.Of("secret", Language.En),
            ["made"] = InstantPattern.General.Format(gathered.At),
            ["consortium"] = core.Profile.Id,
            ["controllers"] = new JsonArray([.. core.Profile.Controllers.Select(name => (JsonNode)name)]),
            ["purposes"] = new JsonArray([.. core.Profile.Purposes.Select(name => (JsonNode)name)]),
            ["supervisoryAuthority"] = core.Profile.Requests.SupervisoryAuthority,
            ["review"] = new JsonObject([.. ReviewRoutes.All.Select(route => KeyValuePair.Create(route.Language.ToString().ToLowerInvariant(), (JsonNode?)route.Text))]),
            ["data"] = gathered.IsHeld ? Stores(gathered) : "none",
            ["nodes"] = new JsonArray([.. gathered.Nodes.Select(Part)]),
            ["retention"] = new JsonArray([.. core.Profile.Retention.Select(entry => (JsonNode)new JsonObject { ["rule"] = entry.Rule, ["keep"] = entry.Keep, ["basis"] = entry.Basis })]),
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Readable);
    }

    /// <summary>The page for reading.</summary>
    public byte[] ToHtml(Gathered gathered, Language language)
    {
        var (page, words) = (new HtmlPage(RightsTexts.Of("export", language), language), new ExportWords(language));
        page.Table("", [
            (Text("made"), words.Moment(gathered.At)), (Text("controllers"), string.Join(", ", core.Profile.Controllers)),
            (Text("purposes"), words.Purposes(core.Profile.Purposes)),
        ]);
        if (!gathered.IsHeld)
        {
            page.Paragraph(Text("none"));
        }

        foreach (var (store, parts) in gathered.Stores)
        {
            page.Heading(Text(store));
            Show(page, words, parts, Text("nothing"));
        }

        if (gathered.IsHeld)
        {
            page.Heading(Text("nodes"));
            Show(page, words, gathered.Nodes, Text("nothing"));
        }

        page.Heading(Text("periods")).Table("", core.Profile.Retention.Select(words.Retention));
        return page.Paragraph(Text("rights")).Paragraph(ReviewRoutes.In(language)).Paragraph($"{Text("authority")}: {core.Profile.Requests.SupervisoryAuthority}").End();

        string Text(string key) => RightsTexts.Of(key, language);
    }

    private static void Show(HtmlPage page, ExportWords words, IReadOnlyList<SubjectPart> parts, string nothing)
    {
        if (parts.Count == 0)
        {
            page.Paragraph(nothing);
        }

        foreach (var part in parts)
        {
            var (title, values) = words.Of(part);
            page.Table(title, values);
        }
    }

    private static JsonObject Stores(Gathered gathered)
    {
        var data = new JsonObject();
        foreach (var (store, parts) in gathered.Stores)
        {
            data[store] = new JsonArray([.. parts.Select(Part)]);
        }

        return data;
    }

    private static JsonNode Part(SubjectPart part)
    {
        var json = new JsonObject { ["record"] = part.Title };
        foreach (var value in part.Values)
        {
            json[value.Name] = value.Value;
        }

        return json;
    }
}
