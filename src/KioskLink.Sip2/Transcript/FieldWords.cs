using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Transcript;

/// <summary>The fields' names in words (SIP2 2.00 and the extensions that most machines know).</summary>
internal static class FieldWords
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["AA"] = "card",
        ["AB"] = "item",
        ["AC"] = "terminal password",
        ["AD"] = "PIN",
        ["AE"] = "patron's name",
        ["AF"] = "on the screen",
        ["AG"] = "on the receipt",
        ["AH"] = "due date",
        ["AJ"] = "title",
        ["AL"] = "why the card is blocked",
        ["AM"] = "library's name",
        ["AN"] = "machine's place",
        ["AO"] = "institution",
        ["AP"] = "place",
        ["AQ"] = "belongs to",
        ["AS"] = "hold",
        ["AT"] = "overdue item",
        ["AU"] = "item on loan",
        ["AV"] = "fine",
        ["BD"] = "address",
        ["BE"] = "e-mail",
        ["BF"] = "telephone",
        ["BG"] = "owner",
        ["BH"] = "currency",
        ["BI"] = "cancels",
        ["BK"] = "transaction",
        ["BL"] = "card is good",
        ["BM"] = "renewed item",
        ["BN"] = "item not renewed",
        ["BO"] = "fee accepted",
        ["BP"] = "first of the list",
        ["BQ"] = "last of the list",
        ["BR"] = "place in the queue",
        ["BS"] = "picked up at",
        ["BT"] = "fee type",
        ["BU"] = "recalled item",
        ["BV"] = "fee",
        ["BW"] = "hold ends",
        ["BX"] = "answers",
        ["BY"] = "hold type",
        ["BZ"] = "holds allowed",
        ["CA"] = "overdue items allowed",
        ["CB"] = "loans allowed",
        ["CC"] = "fees allowed",
        ["CD"] = "hold not there",
        ["CF"] = "queue of holds",
        ["CG"] = "fee number",
        ["CH"] = "item's properties",
        ["CI"] = "security stays on",
        ["CJ"] = "recalled at",
        ["CK"] = "media",
        ["CL"] = "sorting bin",
        ["CM"] = "waits until",
        ["CN"] = "user",
        ["CO"] = "password",
        ["CP"] = "machine's place",
        ["CQ"] = "PIN is right",
        ["CR"] = "shelf",
        ["CS"] = "call number",
        ["CT"] = "send to",
        ["CV"] = "alert type",
        ["PA"] = "may enter",
    };

    private static readonly Dictionary<string, Func<string, string>> Values = new()
    {
        ["AH"] = Meanings.Time,
        ["BI"] = Meanings.YesNo,
        ["BL"] = Meanings.YesNo,
        ["BO"] = Meanings.YesNo,
        ["BT"] = Meanings.Named<FeeType>,
        ["BW"] = Meanings.Time,
        ["BX"] = Meanings.Supported,
        ["BY"] = Meanings.Named<HoldType>,
        ["CI"] = Meanings.YesNo,
        ["CJ"] = Meanings.Time,
        ["CK"] = Meanings.Named<MediaType>,
        ["CM"] = Meanings.Time,
        ["CQ"] = Meanings.YesNo,
        ["CV"] = Meanings.Named<AlertType>,
    };

    /// <summary>One part between delimiters.</summary>
    public static ExplainedField Explain(string part)
    {
        if (part.Length < FieldSyntax.IdLength || !Names.TryGetValue(part[..FieldSyntax.IdLength], out var name))
            return new(part.Length < FieldSyntax.IdLength ? "" : part[..FieldSyntax.IdLength], "not of SIP2", part[Math.Min(FieldSyntax.IdLength, part.Length)..], "");
        var (id, value) = (part[..FieldSyntax.IdLength], part[FieldSyntax.IdLength..]);
        return new(id, name, value, Values.GetValueOrDefault(id, Meanings.Plain)(value));
    }
}
