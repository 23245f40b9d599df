"""The record system's door: HL7 Infobutton, FHIR R4 and CDS Hooks over the files of a build folder.

It has no state and no database, calls nobody, and keeps nothing of a request. What may identify a person is neither
logged nor repeated in an answer.
"""
