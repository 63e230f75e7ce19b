using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Patrons;
using KioskLink.Register.Requests;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>Disclosures outside the profile's list: of one patron, to a recipient whom the patron has permitted, else refused (R51). Thread-safe.</summary>
internal sealed class PermittedDisclosure(RegisterCore core, DisclosureBook book, DisclosedPersons persons)
{
    private const string Basis = "the patron's permission";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Func<DisclosedPerson, string>> Fields = new()
    {
        ["name"] = person => person.Name,
        ["address"] = person => person.Address,
        ["phone"] = person => person.Phone,
        ["email"] = person => person.Email,
        ["identity_code"] = person => person.IdentityCode,
        ["date_of_birth"] = person => person.Born.ToIso(),
    };

    /// <summary>Records a permission or its withdrawal; whose it is, and whether that changed anything.</summary>
    public static (long PatronId, bool Changed) Set(WriteScope scope, SetDisclosurePermissionRequest request, string by)
    {
        var patron = PatronWriter.Find(scope.Db, scope.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        var stored = Find(scope.Db, scope.Consortium, patron.PatronId, request.Recipient);
        if (request.Permitted == stored is { WithdrawnAt: null })
        {
            return (patron.PatronId, false);
        }

        if (!request.Permitted)
        {
            scope.Db.Update(stored! with { WithdrawnAt = scope.NowMs, WithdrawnBy = by });
            return (patron.PatronId, true);
        }

        var given = new DisclosurePermissionRow
        {
            Consortium = scope.Consortium,
            PatronId = patron.PatronId,
            Recipient = request.Recipient,
            Channel = request.Channel,
            GivenAt = scope.NowMs,
            GivenBy = by,
        };
        _ = stored is null ? scope.Db.Add(given) : scope.Db.Update(given);
        return (patron.PatronId, true);
    }

    /// <summary>Discloses what was asked for.</summary>
    /// <exception cref="RpcException">NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION without a permission.</exception>
    public async Task<DisclosureRow> RunAsync(DisclosePatronRequest request, CallerIdentity caller, CancellationToken cancel)
    {
        var fields = request.Fields.Distinct().ToList();
        if (fields.Count == 0 || fields.Exists(field => !Fields.ContainsKey(field)))
        {
            throw Field.Wrong("fields", $"must name some of {string.Join(", ", Fields.Keys)}");
        }

        await using var db = core.Store.Read();
        var patron = PatronWriter.Find(db, core.Store.Consortium, request.CustomerId) ?? throw Field.Missing("patron");
        Restriction.Require(caller, patron);
        Require(db, patron.PatronId, request.Recipient);
        var day = ((LocalDate?)OpeningCalendar.DateAt(core.Now())).ToIso();
        var draft = new DraftDisclosure
        {
            Kind = DisclosureKind.WithPermission,
            Recipient = request.Recipient,
            Basis = Basis,
            Period = day,
            What = $"permitted-{day}",
            Extension = ".json",
            Fields = fields,
            Content = Document(persons.Read(db, patron), fields, request),
            Records = 1,
            Subjects = [patron.PatronId],
        };

        // What was withdrawn while the file was made is withdrawn.
        return await book.AddAsync(draft, caller.Name, cancel, (scope, _) => Require(scope.Db, patron.PatronId, request.Recipient));
    }

    private static byte[] Document(DisclosedPerson person, List<string> fields, DisclosePatronRequest request)
    {
        var told = new JsonObject();
        fields.ForEach(field => told[field] = Fields[field](person));
        var document = new JsonObject
        {
            ["confidentiality"] = SecretFolder.Confidentiality,
            ["recipient"] = request.Recipient,
            ["basis"] = Basis,
            ["reason"] = request.Reason,
            ["person"] = told,
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Readable);
    }

    private void Require(RegisterDb db, long patronId, string recipient)
    {
        if (Find(db, core.Store.Consortium, patronId, recipient) is not { WithdrawnAt: null })
        {
            throw Refused.With(
                StatusCode.FailedPrecondition, "NO_PERMISSION",
                "The profile names no such recipient and the patron's permission is not recorded: nothing is disclosed; record the permission first, if the patron gives it.");
        }
    }

    private static DisclosurePermissionRow? Find(RegisterDb db, string consortium, long patronId, string recipient) =>
        db.Set<DisclosurePermissionRow>().SingleOrDefault(row => row.Consortium == consortium && row.PatronId == patronId && row.Recipient == recipient);
}
