using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Import;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Rules.Identity;

namespace KioskLink.Register.Disclosures;

/// <summary>
/// The population register's answer (R52): addresses of people who were asked for, and of nobody else. An address that it does not
/// tell (a person's safety) is noted and never overwritten with a blank. Thread-safe.
/// </summary>
internal sealed class AddressAnswer(RegisterCore core, AddressQuery query, Rectifications corrections)
{
    /// <summary>Largest file, bytes.</summary>
    public const int FileMax = 2 * 1024 * 1024;

    private const string Header = "identity_code,street_address,postal_code,city,status";
    private const int Columns = 5;
    private const int SliceRows = 100;
    private const string Ok = "ok";
    private const string Withheld = "withheld";
    private const string Unknown = "unknown";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private enum Effect
    {
        Updated,
        Unchanged,
        Withheld,
        Unused,
        Held,
    }

    /// <summary>Takes the file.</summary>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION where the profile asks nothing, INVALID_ARGUMENT for another form.</exception>
    /// <returns>What became of it, and of whom it told.</returns>
    public async Task<(ImportAddressAnswerResponse Response, IReadOnlyCollection<long> Subjects)> RunAsync(ImportAddressAnswerRequest request, string by, CancellationToken cancel)
    {
        AddressQuery.RequireMode(core.Profile);
        var rows = Rows(request);
        var billed = Billed();
        var (response, subjects) = (new ImportAddressAnswerResponse { Rows = rows.Count }, new HashSet<long>());
        foreach (var slice in rows.Chunk(SliceRows))
        {
            cancel.ThrowIfCancellationRequested();
            var effects = await core.Lane.WriteAsync(scope => slice.Select(row => (row.Line, Take(scope, row.Fields, billed, by))).ToList(), cancel);
            foreach (var (line, effect) in effects.Value)
            {
                Tell(response, line, effect);
                subjects.UnionWith(effect.PatronId is { } patron ? [patron] : []);
            }
        }

        return (response, subjects);
    }

    private static void Tell(ImportAddressAnswerResponse response, int line, RowEffect row)
    {
        switch (row.Effect)
        {
            case Effect.Held:
                response.HeldPersons++;
                goto case Effect.Unused;
            case Effect.Unused: response.Problems.Add(new AddressAnswerProblem { Line = line, Reason = row.Problem }); break;
            case Effect.Updated: response.Updated++; break;
            case Effect.Unchanged: response.Unchanged++; break;
            default: response.Withheld++; break;
        }
    }

    private RowEffect Take(WriteScope scope, IReadOnlyList<string> row, HashSet<long> billed, string by)
    {
        if (row.Count != Columns)
        {
            return RowEffect.None($"the row has {row.Count} fields instead of {Columns}: check the commas");
        }

        if (!IdentityCode.TryParse(row[0], out var code))
        {
            return RowEffect.None("the identity code is none: correct it");
        }

        var index = core.Store.Vault.IdentityIndex(code.Value).ToBytes();
        var patron = scope.Db.Set<PatronRow>().SingleOrDefault(known => known.Consortium == scope.Consortium && known.IdentityIndex == index);
        var asked = patron is null ? null : scope.Db.Set<AddressQueryRow>().SingleOrDefault(known => known.Consortium == scope.Consortium && known.PatronId == patron.PatronId);
        if (patron is null || asked is null)
        {
            return RowEffect.None("nobody was asked for with this identity code: the row is not used");
        }

        if (patron.Restricted && !(billed.Contains(patron.PatronId) && ClaimDecisions.GoesOn(scope.Db, patron.PatronId)))
        {
            return new RowEffect(Effect.Held, "the processing of the person's data is restricted: the row is not used before a data-protection officer decides that a claim goes on", null);
        }

        if (core.Profile.Vtj == PopulationRegisterMode.BillingOnly && !billed.Contains(patron.PatronId))
        {
            return RowEffect.None("the person has no open invoice and nothing in collection any more: the row is not used");
        }

        return Use(scope, patron, asked, row, by);
    }

    private RowEffect Use(WriteScope scope, PatronRow patron, AddressQueryRow asked, IReadOnlyList<string> row, string by)
    {
        scope.About([patron.PatronId], "contact");
        var status = row[4].Trim();
        if (status is not (Ok or Withheld or Unknown) || (status == Ok && row[1].Trim().Length == 0))
        {
            return RowEffect.None("the status must be ok (with an address), withheld or unknown: correct it");
        }

        var parts = row.Skip(1).Take(3).Select(part => part.Trim()).ToList();
        if (parts.Exists(part => part.Length > Field.TextMax || part.Any(char.IsControl)))
        {
            return RowEffect.None("the address is too long or holds control characters: correct it");
        }

        if (asked.Status != status)
        {
            scope.Db.Update(asked with { Status = status, AnsweredAt = scope.NowMs });
            scope.Db.SaveChanges();
            scope.Db.ChangeTracker.Clear();
        }

        var effect = status != Ok ? Effect.Withheld
            : Correct(scope, patron, new PostalAddress { Street = parts[0], PostalCode = parts[1], City = parts[2] }, by) ? Effect.Updated
            : Effect.Unchanged;
        return new RowEffect(effect, "", patron.PatronId);
    }

    // What the address was stays until the person is erased, as it does with any correction (R75).
    private bool Correct(WriteScope scope, PatronRow patron, PostalAddress address, string by)
    {
        if (PatronAddresses.Put(scope, patron, address, by) is not { } before)
        {
            return false;
        }

        corrections.Keep(scope, patron.PatronId, null, ("address", InWords(before), InWords(address)), RectifyOrigin.PopulationRegister, by);
        return true;
    }

    private static string InWords(PostalAddress address) => $"{address.Street}, {address.PostalCode} {address.City}".Trim(' ', ',');

    private static List<(int Line, IReadOnlyList<string> Fields)> Rows(ImportAddressAnswerRequest request)
    {
        if (request.Chunk.Length > FileMax)
        {
            throw Field.Wrong("chunk", $"is larger than {FileMax} bytes: split the file");
        }

        var lines = Text(request).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines[0].TrimStart('\uFEFF') != Header)
        {
            throw Field.Wrong("chunk", $"must begin with the header {Header}");
        }

        return [.. lines.Select((line, at) => (Line: at + 1, Text: line)).Skip(1).Where(row => row.Text.Length > 0).Select(row => (row.Line, CsvText.Split(row.Text).Fields))];
    }

    private static string Text(ImportAddressAnswerRequest request)
    {
        try
        {
            return Strict.GetString(request.Chunk.Span);
        }
        catch (DecoderFallbackException)
        {
            throw Field.Wrong("chunk", "is not UTF-8: save the file as UTF-8");
        }
    }

    private HashSet<long> Billed()
    {
        using var db = core.Store.Read();
        return query.InBilling(db);
    }

    /// <summary>What became of a row.</summary>
    private sealed record RowEffect(Effect Effect, string Problem, long? PatronId)
    {
        public static RowEffect None(string problem) => new(Effect.Unused, problem, null);
    }
}
