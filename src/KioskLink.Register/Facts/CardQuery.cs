using System.Data.Common;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>
/// Cards with holder and PIN in one statement, written in SQL: at start it reads a million rows, and at each change one.
/// </summary>
internal static class CardQuery
{
    private const string Select = """
        SELECT c.card_id, c.patron_id, c.number_index, c.sealed_number, c.expires_on, c.lost,
               p.date_of_birth, p.language, p.patron_group, p.home_branch, p.guardian_consent_on, p.terms_accepted_on,
               p.registered_on, p.valid_from, p.valid_to, p.restricted > p.keeps_doors, p.fees_cents,
               v.algorithm, v.salt, v.sealed, v.key_id, p.extended_time
        FROM cards c JOIN patrons p ON p.patron_id = c.patron_id LEFT JOIN pins v ON v.card_id = c.card_id
        WHERE 
        """;

    /// <summary>A card as it was read; bans, visits and guesses stand elsewhere.</summary>
    public sealed record Row(
        long CardId,
        long PatronId,
        byte[] NumberIndex,
        byte[] SealedNumber,
        CardFacts Facts,
        LocalDate? Born,
        string HomeBranch,
        PinVerifier? Pin);

    /// <summary>One card, or every card of a consortium.</summary>
    public static IEnumerable<Row> Read(DbConnection connection, string? consortium, long? cardId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select + (cardId is null ? "c.consortium = $key" : "c.card_id = $key");
        var key = command.CreateParameter();
        (key.ParameterName, key.Value) = ("$key", (object?)cardId ?? consortium);
        command.Parameters.Add(key);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return ToRow(reader);
        }
    }

    private static Row ToRow(DbDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt64(1),
        reader.GetFieldValue<byte[]>(2),
        reader.GetFieldValue<byte[]>(3),
        Facts(reader),
        reader.GetString(6).ToDate(),
        string.Intern(reader.GetString(9)),
        reader.IsDBNull(17)
            ? null
            : new PinVerifier(
                string.Intern(reader.GetString(17)),
                reader.GetFieldValue<byte[]>(18),
                reader.GetFieldValue<byte[]>(19),
                string.Intern(reader.GetString(20))));

    private static CardFacts Facts(DbDataReader reader) => new()
    {
        CardExpiresOn = reader.GetString(4).ToDate(),
        Lost = reader.GetBoolean(5),
        Language = (Language)reader.GetInt32(7),
        Group = string.Intern(reader.GetString(8)),
        GuardianConsent = reader.GetString(10).Length > 0,
        TermsAccepted = reader.GetString(11).Length > 0,
        Registered = reader.GetString(12).Length > 0,
        CustomershipFrom = reader.GetString(13).ToDate(),
        CustomershipTo = reader.GetString(14).ToDate(),
        Restricted = reader.GetBoolean(15),
        FeesCents = reader.GetInt64(16),
        ExtendedTime = reader.GetBoolean(21),
    };
}
