using System.Data.Common;
using System.Globalization;
using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Branches;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Cards;

namespace KioskLink.Register.PatronSearch;

/// <summary>Whom a search found, in order, and where the next page begins; an empty token ends the list.</summary>
internal sealed record FoundPatrons(IReadOnlyList<long> Ids, string NextToken);

/// <summary>
/// Finds patrons, each kind of search a range of one index and no more than a page of it read, so that the number of patrons makes
/// no difference; those who lack a responsible person are looked for among all who fit. Written in SQL: translating a query takes longer than running it. Thread-safe.
/// </summary>
internal sealed class PatronFinder(RegisterCore core)
{
    private const string Every = "";

    // The first of the words that fits, in the order in which the name is written, stands for the patron: nobody is found twice.
    private const string ByName = """
        SELECT patron_id, name FROM patron_names p
        WHERE consortium = $consortium AND rank = $rank AND (name, patron_id) > ($after, $id) AND name < $until
            AND (' ' || before) NOT LIKE '% ' || $from || '%'
        """;

    private const string ByCustomer = """
        SELECT patron_id, customer_id FROM patrons p
        WHERE consortium = $consortium AND customer_id >= $from AND customer_id < $until AND customer_id > $after
        """;

    private const string ByBirthday = """
        SELECT patron_id, '' FROM patrons p WHERE consortium = $consortium AND date_of_birth = $from AND patron_id > $id
        """;

    private const string ByNumber = "SELECT patron_id, '' FROM patrons p WHERE consortium = $consortium AND patron_id = $id";

    private const string TokenBinding = "search-page";

    private readonly IReadOnlyList<CardFormat> _formats = BranchRules.CardFormats(core.Profile);

    /// <summary>One page: INVALID_ARGUMENT names the field.</summary>
    public FoundPatrons Find(RegisterDb db, SearchPatronsRequest request)
    {
        var size = SearchPage.Size(request.PageSize);
        var cursor = Opened(request.PageToken);
        var only = request.LacksResponsible ? ResponsibleFilter.Of(core) : Filter.None;
        return request.KeyCase switch
        {
            SearchPatronsRequest.KeyOneofCase.NamePrefix => Name(db, FoldedName.Required(request.NamePrefix, "name_prefix"), cursor, size, only),
            SearchPatronsRequest.KeyOneofCase.CustomerIdPrefix =>
                Customer(db, Field.Required(request.CustomerIdPrefix, "customer_id_prefix", Field.IdMax), cursor, size, only),
            SearchPatronsRequest.KeyOneofCase.DateOfBirth => Birthday(db, request.DateOfBirth, cursor, size, only),
            SearchPatronsRequest.KeyOneofCase.CardNumber => Card(db, request.CardNumber, only),
            _ when request.LacksResponsible => Customer(db, Every, cursor, size, only),
            _ => throw Field.Wrong("key", "is missing: give name_prefix, customer_id_prefix, card_number or date_of_birth"),
        };
    }

    private FoundPatrons Card(RegisterDb db, string raw, Filter only)
    {
        if (!CardNumber.TryRead(Field.Required(raw, "card_number"), _formats, out _))
        {
            throw Field.Wrong("card_number", "is no card number of this consortium: check its length and check digit");
        }

        return Presentation.Find(core, _formats, raw).Card is { } card
            ? Page(Run(db, $"{ByNumber}{only.Sql} LIMIT $rows", 1, [("$id", card.PatronId), .. only.Parameters]), rank: 0, size: 1)
            : new FoundPatrons([], "");
    }

    private FoundPatrons Birthday(RegisterDb db, string date, Cursor cursor, int size, Filter only)
    {
        Field.RequiredDate(date, "date_of_birth");
        return Page(Run(db, $"{ByBirthday}{only.Sql} ORDER BY patron_id LIMIT $rows", size + 1, [("$from", date), ("$id", cursor.Id), .. only.Parameters]), rank: 0, size);
    }

    private FoundPatrons Customer(RegisterDb db, string prefix, Cursor cursor, int size, Filter only) => Page(
        Run(
            db, $"{ByCustomer}{only.Sql} ORDER BY customer_id LIMIT $rows", size + 1,
            [("$from", prefix), ("$until", FoldedName.After(prefix)), ("$after", cursor.After), .. only.Parameters]),
        rank: 0, size);

    private FoundPatrons Name(RegisterDb db, string folded, Cursor cursor, int size, Filter only)
    {
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(FoldedName.WordsMax).ToList();
        // The longest word leads: fewest names begin with it. The others only have to stand somewhere.
        var lead = words.MaxBy(word => word.Length)!;
        words.Remove(lead);
        var found = new List<Hit>();
        for (var rank = cursor.Rank; rank <= 1 && found.Count <= size; rank++)
        {
            var from = rank == cursor.Rank ? cursor : new Cursor(rank, "", 0);
            found.AddRange(Run(db, NameSql(words, only), size + 1 - found.Count, [.. NameParameters(lead, words, from), .. only.Parameters]).Select(hit => hit with { Rank = rank }));
        }

        return Page(found, rank: 0, size);
    }

    private static string NameSql(List<string> others, Filter only)
    {
        var sql = new StringBuilder(ByName);
        for (var at = 0; at < others.Count; at++)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND (' ' || before || ' ' || name) LIKE '% ' || $other{at} || '%'");
        }

        return sql.Append(only.Sql).Append(" ORDER BY name, patron_id LIMIT $rows").ToString();
    }

    private static (string, object)[] NameParameters(string lead, List<string> others, Cursor from) =>
    [
        ("$rank", from.Rank), ("$from", lead), ("$until", FoldedName.After(lead)), ("$after", from.After.Length > 0 ? from.After : lead), ("$id", from.Id),
        .. others.Select((word, at) => ($"$other{at}", (object)word)),
    ];

    private List<Hit> Run(RegisterDb db, string sql, int rows, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = db.Connection.CreateCommand();
        command.CommandText = sql;
        Add(command, "$consortium", core.Store.Consortium);
        foreach (var (name, value) in parameters)
        {
            Add(command, name, value);
        }

        Add(command, "$rows", rows);
        using var reader = command.ExecuteReader();
        var hits = new List<Hit>();
        while (reader.Read())
        {
            hits.Add(new Hit(reader.GetInt64(0), reader.GetString(1), 0));
        }

        return hits;
    }

    private FoundPatrons Page(List<Hit> hits, int rank, int size) => new(
        [.. hits.Take(size).Select(hit => hit.Id)],
        hits.Count <= size ? "" : Sealed(new Cursor(Math.Max(rank, hits[size - 1].Rank), hits[size - 1].Key, hits[size - 1].Id)));

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private readonly record struct Hit(long Id, string Key, int Rank);

    private Cursor Opened(string token) => token.Length == 0 ? new Cursor(0, "", 0) : Cursor.Read(SealedToken.Open(core.Store.Vault, TokenBinding, token));

    private string Sealed(Cursor cursor) => SealedToken.Of(core.Store.Vault, TokenBinding, cursor.ToText());

    /// <summary>Where a page begins. Its key is a name, so it leaves the register sealed.</summary>
    private readonly record struct Cursor(int Rank, string After, long Id)
    {
        public static Cursor Read(string text)
        {
            var parts = text.Split('.', 3);
            return parts.Length == 3 && parts[0] is "0" or "1"
                ? new Cursor(parts[0][0] - '0', parts[2], Field.PageNumber(parts[1]))
                : throw Field.WrongToken();
        }

        public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Rank}.{Id}.{After}");
    }
}
