using System.Security.Cryptography;
using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Applications;
using KioskLink.Register.Audit;
using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Nodes;
using KioskLink.Register.Patrons;
using KioskLink.Register.Rights;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.Data.Sqlite;

namespace KioskLink.Register.Rotation;

/// <summary>
/// Seals rows anew: opens what a row holds with the key before and seals it with the next one, and makes its blind index with
/// the next one too. Not thread-safe; the caller holds the transaction.
/// </summary>
internal sealed class Resealing
{
    private const string Patrons = """
        SELECT patron_id, customer_id, identity_code FROM patrons
        WHERE consortium = $consortium AND patron_id > $after AND identity_code IS NOT NULL ORDER BY patron_id LIMIT $rows
        """;

    private const string Cards = """
        SELECT card_id, sealed_number FROM cards WHERE consortium = $consortium AND card_id > $after ORDER BY card_id LIMIT $rows
        """;

    private const string Pins = """
        SELECT p.card_id, c.patron_id, p.algorithm, p.salt, p.sealed, p.key_id FROM pins p JOIN cards c ON c.card_id = p.card_id
        WHERE p.consortium = $consortium AND p.card_id > $after ORDER BY p.card_id LIMIT $rows
        """;

    private const string Badges = """
        SELECT rowid, sealed_number FROM badges WHERE consortium = $consortium AND rowid > $after ORDER BY rowid LIMIT $rows
        """;

    private const string Applications = """
        SELECT application_number, application_id, sealed FROM applications
        WHERE consortium = $consortium AND application_number > $after ORDER BY application_number LIMIT $rows
        """;

    private const string Total = """
        SELECT (SELECT count(*) FROM patrons WHERE consortium = $consortium AND identity_code IS NOT NULL)
            + (SELECT count(*) FROM cards WHERE consortium = $consortium) + (SELECT count(*) FROM pins WHERE consortium = $consortium)
            + (SELECT count(*) FROM badges WHERE consortium = $consortium)
            + (SELECT count(*) FROM applications WHERE consortium = $consortium)
        """;

    private readonly SqliteConnection _connection;
    private readonly string _consortium;
    private readonly Vault _before;
    private readonly Vault _next;
    private readonly (string Select, Action<object[]> Seal)[] _tables;

    /// <summary>Prepares to seal a consortium's rows.</summary>
    /// <param name="connection">An open connection to the database.</param>
    /// <param name="consortium">The consortium.</param>
    /// <param name="before">Opens what the rows hold.</param>
    /// <param name="next">Seals it.</param>
    public Resealing(SqliteConnection connection, string consortium, Vault before, Vault next)
    {
        (_connection, _consortium, _before, _next) = (connection, consortium, before, next);
        _tables = [(Patrons, Patron), (Cards, Card), (Pins, Pin), (Badges, Badge), (Applications, Application)];
    }

    /// <summary>The tables that are sealed row by row.</summary>
    public int Tables => _tables.Length;

    /// <summary>The rows of all of them.</summary>
    public long CountRows()
    {
        using var command = Command(Total);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Seals the next rows of a table anew.</summary>
    /// <param name="table">Which of <see cref="Tables"/>, from 0.</param>
    /// <param name="after">The last row that is sealed.</param>
    /// <param name="rows">How many at most.</param>
    /// <returns>How many there were, and the last of them.</returns>
    /// <exception cref="CryptographicException">A row does not open under the key _before.</exception>
    public (int Rows, long Last) Seal(int table, long after, int rows)
    {
        var (select, seal) = _tables[table];
        var read = Read(select, ("$after", after), ("$rows", rows));
        read.ForEach(seal);
        return (read.Count, read.Count == 0 ? after : (long)read[^1][0]);
    }

    /// <summary>Seals node keys, which are few, and the proof that the key is the right one.</summary>
    public void SealRest()
    {
        foreach (var node in Read("SELECT node_id, sealed_key FROM nodes WHERE consortium = $consortium"))
        {
            var binding = NodeDirectory.KeyBinding((string)node[0]);
            Run("UPDATE nodes SET sealed_key = $box WHERE consortium = $consortium AND node_id = $node",
                ("$box", Again(node[1], binding)), ("$node", node[0]));
        }

        SealAuditHead();
        SealSubjects();
        SealSecondFactors();

        // A number that nobody has stands nowhere but in its blind index: that cannot be made anew, so its guesses are forgotten.
        Run("DELETE FROM guesses WHERE consortium = $consortium AND card_id = 0");
        Run("UPDATE register SET key_check = $box WHERE consortium = $consortium", ("$box", _next.Seal([], RegisterStore.KeyCheck)));
    }

    // Only what this register had sealed itself: a rotation lends no seal to a head that somebody else put there.
    private void SealAuditHead()
    {
        foreach (var row in Read("SELECT sequence, hash, floor_sequence, floor_hash, seal FROM audit_heads WHERE consortium = $consortium"))
        {
            var head = new AuditHead((long)row[0], (byte[])row[1], (long)row[2], (byte[])row[3]);
            if (head.IsSealedBy((byte[])row[4], _before))
            {
                Run("UPDATE audit_heads SET seal = $box WHERE consortium = $consortium", ("$box", head.Seal(_next)));
            }
        }
    }

    // What is kept of erased and corrected persons; few rows.
    private void SealSubjects()
    {
        foreach (var key in Read("SELECT sealed_key FROM erasure_keys WHERE consortium = $consortium"))
        {
            Run("UPDATE erasure_keys SET sealed_key = $box WHERE consortium = $consortium", ("$box", Again(key[0], ErasedMarks.KeyBinding)));
        }

        foreach (var notice in Read("SELECT notice_id, erasure_id, customer FROM erasure_notices WHERE consortium = $consortium AND length(customer) > 0"))
        {
            Run("UPDATE erasure_notices SET customer = $box WHERE notice_id = $id",
                ("$box", Again(notice[2], ErasureNotices.Binding((long)notice[1]))), ("$id", notice[0]));
        }

        foreach (var change in Read("SELECT rectification_id, patron_id, field, old_value, new_value FROM rectifications WHERE consortium = $consortium"))
        {
            var binding = Rectifications.Binding((long)change[1], (string)change[2]);
            Run("UPDATE rectifications SET old_value = $old, new_value = $new WHERE rectification_id = $id",
                ("$old", Again(change[3], binding)), ("$new", Again(change[4], binding)), ("$id", change[0]));
        }
    }

    private void SealSecondFactors()
    {
        foreach (var row in Read("SELECT account_id, normal_name, totp_secret FROM staff_accounts WHERE consortium = $consortium AND totp_secret IS NOT NULL"))
        {
            Run("UPDATE staff_accounts SET totp_secret = $box WHERE account_id = $id", ("$box", Again(row[2], TotpProvider.Binding((string)row[1]))), ("$id", row[0]));
        }
    }

    private void Patron(object[] row)
    {
        var binding = PatronWriter.IdentityBinding((string)row[1]);
        var code = _before.Open((byte[])row[2], binding);
        Run("UPDATE patrons SET identity_code = $box, identity_index = $index WHERE patron_id = $id",
            ("$box", _next.Seal(code, binding)), ("$index", _next.IdentityIndex(Encoding.ASCII.GetString(code)).ToBytes()), ("$id", row[0]));
    }

    private void Card(object[] row)
    {
        var number = _before.OpenCardNumber((byte[])row[1]);
        var index = _next.CardIndex(number).ToBytes();
        Run("UPDATE cards SET sealed_number = $box, number_index = $index WHERE card_id = $id",
            ("$box", _next.SealCardNumber(number)), ("$index", index), ("$id", row[0]));
        Run("UPDATE guesses SET number_index = $index WHERE consortium = $consortium AND number_index = $before",
            ("$index", index), ("$before", _before.CardIndex(number).ToBytes()));
    }

    private void Pin(object[] row)
    {
        var (patron, pin) = ((long)row[1], new PinVerifier((string)row[2], (byte[])row[3], (byte[])row[4], (string)row[5]));
        var verifier = _before.OpenVerifier(pin, patron);
        var again = _next.Seal(verifier, patron, pin.Algorithm, pin.Salt);
        CryptographicOperations.ZeroMemory(verifier);
        Run("UPDATE pins SET sealed = $box, key_id = $key WHERE card_id = $id", ("$box", again.Sealed), ("$key", again.KeyId), ("$id", row[0]));
    }

    private void Badge(object[] row)
    {
        var number = _before.OpenCardNumber((byte[])row[1]);
        Run("UPDATE badges SET sealed_number = $box, number_index = $index WHERE rowid = $id",
            ("$box", _next.SealCardNumber(number)), ("$index", _next.CardIndex(number).ToBytes()), ("$id", row[0]));
    }

    private void Application(object[] row)
    {
        var binding = ApplicationStore.Binding((string)row[1]);
        var bytes = _before.Open((byte[])row[2], binding);
        var applicant = Applicant.Parser.ParseFrom(bytes);
        Run("UPDATE applications SET sealed = $box, content_index = $content, identity_index = $identity WHERE application_number = $id",
            ("$box", _next.Seal(bytes, binding)), ("$content", _next.ApplicationIndex(applicant).ToBytes()),
            ("$identity", applicant.IdentityCode.Length > 0 ? _next.IdentityIndex(applicant.IdentityCode).ToBytes() : DBNull.Value), ("$id", row[0]));
    }

    private byte[] Again(object box, string binding)
    {
        var secret = _before.Open((byte[])box, binding);
        var again = _next.Seal(secret, binding);
        CryptographicOperations.ZeroMemory(secret);
        return again;
    }

    private List<object[]> Read(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$consortium", _consortium);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
